"""What people do so that contacts are found and printed as they wish."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.integration.deeds.somebody import FIELDS, NAMES, TAGS, UNITS, Somebody

from alumnidesk.domain.cards import (
    OwnValue,
)
from alumnidesk.domain.consent import PRINT, Rule
from alumnidesk.domain.envelope_windows import MeasuredWindow
from alumnidesk.domain.own_sheets import own_sheet
from alumnidesk.errors import AlumniDeskError, InvalidInput, Refused


class KeepingOrder(Somebody):
    """Tends fields, tags, units, searches, lists and what the association itself settles."""

    @rule(data=st.data(), name=FIELDS, kind=st.sampled_from(["text", "choice"]), value=st.sampled_from(["", "S", "M"]))
    def fill_in_an_own_field(self, data: st.DataObject, name: str, kind: str, value: str) -> None:
        if name not in [field.name for field in self.desk.own_fields.all()]:
            self.desk.own_fields.add(name, kind, ["S", "M"])
            self.did()
        for card in self.desk.contacts.cards(self.some(data)):
            others = [own for own in card.own if own.field != name]
            self.desk.contacts.save(card, replace(card, own=(*others, OwnValue(name, value))))
            self.did()

    @rule(name=FIELDS, what=st.sampled_from(["rename", "choices", "order", "remove"]))
    def change_the_own_fields(self, name: str, what: str) -> None:
        own = self.desk.own_fields
        for field in own.all()[:1]:
            number = field.id or 0
            with contextlib.suppress(InvalidInput, Refused):  # the name is taken, the choice is in use
                if what == "rename":
                    own.rename(number, name)
                elif what == "choices":
                    own.change_choices(number, ["Small", "M"])
                elif what == "order":
                    own.order([other.id or 0 for other in reversed(own.all())])
                else:
                    own.remove(number)
            self.did()

    @rule(tag=TAGS, other=TAGS, what=st.sampled_from(["group", "put", "rename", "merge", "remove", "ungroup"]))
    def put_tags_in_order(self, tag: str, other: str, what: str) -> None:
        tags, groups = self.desk.tags, self.desk.tags.groups()
        numbers = {line.name: line.id for line in tags.lines()}
        if what == "group" and not groups:
            tags.add_group("Role", at_most_one=True)
        elif what == "ungroup" and groups:
            tags.remove_group(groups[0].id or 0)
        elif tag in numbers and what == "put":
            tags.put([numbers[tag]], groups[0].id if groups else None)
        elif tag in numbers and what == "rename":
            with contextlib.suppress(InvalidInput):
                tags.rename(numbers[tag], other)
        elif tag in numbers and other in numbers and what == "merge":
            tags.merge([numbers[tag]], numbers[other])
        elif tag in numbers and what == "remove":
            tags.remove(numbers[tag])
        self.did()

    @rule(data=st.data(), name=UNITS, what=st.sampled_from(["add", "put", "rename", "merge", "remove"]))
    def tend_the_units(self, data: st.DataObject, name: str, what: str) -> None:
        units = self.desk.units
        numbers = [one.id for one in units.all()]
        unit, other = (data.draw(st.sampled_from([*numbers, None])) for _ in range(2))
        with contextlib.suppress(InvalidInput, Refused):  # the name is taken there, it would stand below itself …
            if what == "add":
                units.add(name, under=other)
            elif unit and what == "rename":
                units.change(unit, name=name)
            elif unit and what == "put":
                units.put(unit, other)
            elif unit and what == "remove":
                units.remove(unit, other)
            elif unit and other:
                units.merge([unit], other)
        self.did()

    @rule(data=st.data(), name=NAMES, other=NAMES, tag=TAGS, unit=UNITS, field=FIELDS)
    def save_searches_and_lists(
        self, data: st.DataObject, name: str, other: str, tag: str, unit: str, field: str
    ) -> None:
        with contextlib.suppress(AlumniDeskError):  # the name is taken, or one builds on the other
            names = f'tag:"{tag}" OR unit:{unit} OR {field.replace(" ", "")}:M'  # they follow when these are renamed
            self.desk.segments.save(name, f'{names} OR list:"{other}"' if self.desk.lists.all() else names)
            self.did()
        with contextlib.suppress(AlumniDeskError):
            self.desk.lists.freeze(name, self.some(data), "mull")
            self.did()
        for one in self.desk.lists.all()[:1]:
            self.desk.lists.add(one.id, self.some(data))
            self.did()
            with contextlib.suppress(AlumniDeskError):
                self.desk.lists.rename(one.id, other)
                self.did()

    @rule(which=st.booleans())
    def forget_searches_and_lists(self, which: bool) -> None:
        for one in (self.desk.segments.all() if which else self.desk.lists.all())[:1]:
            with contextlib.suppress(Refused):  # a saved search builds on it
                (self.desk.segments if which else self.desk.lists).remove(one.id)
                self.did()

    @rule(name=NAMES, slot=st.sampled_from(["family_name", None, ""]), away=st.booleans())
    def save_columns(self, name: str, slot: str | None, away: bool) -> None:
        mappings = self.desk.importing.mappings
        with contextlib.suppress(InvalidInput):
            mappings.save(name, ["Heimat"], [slot])
        self.did()
        for saved in mappings.all()[1:] if away else ():
            mappings.delete(saved.id)
            self.did()

    @rule(name=NAMES)
    def set_up(self, name: str) -> None:
        ours = replace(
            self.desk.settings.association(), name=name, email="verein@lindenhof.example", logo=name.encode()
        )
        self.desk.settings.save(ours)
        self.did()

    @rule(drawer=st.sampled_from(["Lade 1", "Lade 2"]), high=st.integers(20, 60), away=st.booleans())
    def lay_out(self, drawer: str, high: int, away: bool) -> None:
        if away:
            self.desk.labels.forget_sheet(drawer)
        else:
            self.desk.labels.keep_sheet(own_sheet(drawer, "A4", (90, high), (2, 4), (10, 10), (95, high)))
        self.did()
        self.desk.layouts.measure_window(MeasuredWindow(high, 40, 90, 40))
        self.did()

    @rule(name=NAMES, rule=st.sampled_from([Rule.UNLESS_NO, Rule.WITH_YES, Rule.NEVER]))
    def word_a_purpose(self, name: str, rule: Rule) -> None:
        self.desk.purposes.set_wording("photos", name)
        self.did()
        self.desk.purposes.set_rule("photos", PRINT, rule)
        self.did()
