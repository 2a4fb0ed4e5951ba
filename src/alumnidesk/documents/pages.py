"""Dividing a letter into pages: what stays together, what comes again at the top, what belongs at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alumnidesk.documents.blocks import Block

Placed = tuple[Block, float]
"""A block with its upper edge, in points from the bottom of the page."""
Page = tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Where the text of a letter may stand, in points from the bottom."""

    top: float
    """Of the first page."""
    next_top: float
    """Of the other ones."""
    bottom: float


def paged(flow: Sequence[Block | None], closing: Sequence[Block], slip: Sequence[Block], room: Room) -> list[Page]:
    """The pages of a letter: its text, then the closing, which never stands alone on a page; the slip at the foot."""
    return _Pages(room).laid_out(flow, closing, slip)


class _Pages:
    def __init__(self, room: Room) -> None:
        self._room = room
        self._pages: list[list[Placed]] = [[]]
        self._y = room.top
        self._fresh = True
        """Does the page have nothing but what comes again at its top?"""

    def laid_out(self, flow: Sequence[Block | None], closing: Sequence[Block], slip: Sequence[Block]) -> list[Page]:
        together = sum(block.before + block.height for block in closing)
        reserves = _reserves(flow, together)
        for block, reserve in zip(flow, reserves, strict=True):
            if block is None:
                self._turn()
            else:
                self._put(block, reserve)
        if together > self._y - self._room.bottom:
            self._turn()
        for block in closing:
            self._put(block, 0)
        if slip:
            self._put_at_the_foot(slip)
        return [tuple(page) for page in self._pages]

    def _put(self, block: Block, reserve: float) -> None:
        """Place a block where it has room, and `reserve` below it; else on the next page, or divided between both."""
        room = self._room
        if block.height + reserve > room.next_top - room.bottom:
            reserve = 0  # no page would do
        while True:
            if self._fresh and block.head and not self._pages[-1]:
                self._place(block.head)
                self._fresh = True
            before = 0 if self._fresh else block.before
            left = self._y - before - room.bottom
            if block.height + reserve <= left:
                self._place(block)
                return
            full = self._fresh and (len(self._pages) > 1 or room.top >= room.next_top or not self._helps(block))
            parts = block.split(left, at_any_rate=full)
            if parts:
                first, block = parts
                self._place(first)
            elif full:
                self._place(block)
                return
            self._turn()

    def _helps(self, block: Block) -> bool:
        """Does a next page have room for what the first one has none for?"""
        return block.height <= self._room.next_top - self._room.bottom

    def _put_at_the_foot(self, slip: Sequence[Block]) -> None:
        height = sum(block.before + block.height for block in slip)
        if height > self._room.next_top - self._room.bottom:
            self._turn()
            for block in slip:
                self._put(block, 0)
            return
        if height > self._y - self._room.bottom:
            self._turn()
        self._y = self._room.bottom + height
        self._fresh = False
        for block in slip:
            self._place(block)

    def _place(self, block: Block) -> None:
        self._y -= 0 if self._fresh else block.before
        self._pages[-1].append((block, self._y))
        self._y -= block.height
        self._fresh = False

    def _turn(self) -> None:
        self._pages.append([])
        self._y = self._room.next_top
        self._fresh = True


def _reserves(flow: Sequence[Block | None], together: float) -> list[float]:
    """How much room has to be left below each block for what it stays together with; `together`: the closing."""
    reserves = [0.0] * len(flow)
    below = together
    for index in range(len(flow) - 1, -1, -1):
        block = flow[index]
        if block is None:
            below = 0
            continue
        last = index == len(flow) - 1
        reserves[index] = below if last or block.keeps else 0
        below = block.before + block.least + (reserves[index] if block.keeps else 0)
    return reserves
