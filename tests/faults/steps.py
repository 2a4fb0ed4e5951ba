"""Killing a piece of work at each of its steps, as a power switch would.

A step is an SQL statement on any connection, or a file that is opened for writing, renamed, linked, copied or deleted.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from sqlcipher3 import dbapi2 as driver

_FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.link", "os.mkdir", "os.truncate", "shutil.copyfile"})


def each_kill(work: Callable[[], object], stride: int = 1) -> Iterator[int]:
    """Do `work` again and again in a child process, each time killed a step (or `stride` steps) later.

    Yields after each kill, and ends when the work was done to its end. Connections must be closed while this goes on.
    """
    step = 1
    while killed_at(step, work):
        yield step
        step += stride


def killed_at(step: int, work: Callable[[], object], *, statements: bool = True) -> bool:
    """Do `work` in a child process, killed before its `step`-th step; False if it had fewer and came to its end.

    Without `statements` only what is done to files counts as a step.
    """
    child = os.fork()
    if child == 0:
        _work_and_die(step, work, statements)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the work failed; its traceback stands above"
    return False


def _work_and_die(step: int, work: Callable[[], object], statements: bool) -> None:
    left = step

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writing = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if writing or event in _FILE_EVENTS:
            count()

    def connect(*arguments: Any, **named: Any) -> Any:
        connection = plain_connect(*arguments, **named)
        connection.set_trace_callback(count)
        return connection

    plain_connect = driver.connect
    if statements:
        driver.connect = connect
    sys.addaudithook(watch)
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def in_child(work: Callable[[], str], before: Callable[[], object] = lambda: None) -> str:
    """Do `work` in a child process and return its words; `before` may take rights or room away from that process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            before()
            os.write(write, work().encode())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "the work failed; its traceback stands above"
    return said


NOBODY = 65534


def as_nobody(work: Callable[[], str]) -> str:
    """Do `work` in a child process that may write nothing of ours. Only root can do that."""

    def change_user() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)

    return in_child(work, change_user)
