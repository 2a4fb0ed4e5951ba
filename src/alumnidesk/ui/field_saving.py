"""What was left in a field of a form goes into the file; what cannot be saved stays where it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from alumnidesk.errors import Refused
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.form import Form

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


def nothing() -> None:
    """The same at any time."""


class FieldSaving:
    """Saves single values of forms, each as one deed; a `quiet` one says nothing of it at the foot."""

    def __init__(self, context: Context, *, quiet: bool = False) -> None:
        self._context, self._quiet = context, quiet
        self._under_way = 0

    def save(
        self,
        form: Form,
        key: str,
        work: Callable[[Desk], object],
        *,
        about: Callable[[], object] = nothing,
        back: Callable[[], object] = nothing,
    ) -> None:
        """Write what stands in the field with `work`.

        `about` tells whose values the form shows: while the value is on its way that may change. `back` shows again
        what it was about, before it is said that it could not be saved.
        """
        field = form.fields[key]
        typed, whose = field.value, about()
        self._under_way += 1

        def saved(_: object) -> None:
            self._under_way -= 1
            if field.value == typed and about() == whose:
                field.keep()  # and what is read next is shown

        def failed(problem: BaseException) -> None:
            self._under_way -= 1
            if not field.typed:
                field.take_back()
            elif not isinstance(problem, Refused):
                back()  # before it is said: while that is read, what was chosen next would come
                field.type_in(typed)
                field.show_unsaved()
            form.refused(problem, self._context.messages.show)

        self._context.deed(work, then=saved, failed=failed, quiet=self._quiet)

    def stored(self, *forms: Form) -> bool:
        """Did what was left in these forms reach the file? Waits a moment for it."""
        if self._under_way:
            self._context.tasks.settle()
        return not any(form.unstored for form in forms)
