"""Merging what two sides hold: symmetric, settled after once, and nothing lost without a decision."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumnidesk.domain.sync import Base, Changes, Content, Decision, Slot, State, merge, says_all, settled

SINGLE = [Slot("N"), Slot("NOTE"), Slot("BDAY"), Slot("PHOTO"), Slot("FN")]
MANY = [Slot(name, key) for name in ("TEL", "EMAIL", "CATEGORIES") for key in "123"]


def content(slot: Slot, value: str) -> Content:
    line = f"{slot.name}:{slot.key}{value}"
    return Content(line, (line,))


def state_with(values: dict[Slot, str]) -> State:
    return {slot: content(slot, value) for slot, value in values.items()}


def states() -> st.SearchStrategy[State]:
    values = st.dictionaries(st.sampled_from([*SINGLE, *MANY]), st.sampled_from("abc"), max_size=6)
    return values.map(state_with)


def base(state: State) -> Base:
    return settled(state, {}, ())


def applied(state: State, changes: Changes) -> State:
    found = {**state, **{slot: content for slot, content in changes.items() if content is not None}}
    return {slot: content for slot, content in found.items() if changes.get(slot, content) is not None}


bases = states().map(base)
decisions = st.sampled_from(list(Decision))
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a computer that does much else, making up the states alone may take a second."""


@patient
@given(states(), states(), bases, bases)
def test_it_does_not_matter_who_is_we(ours: State, theirs: State, had: Base, they_had: Base) -> None:
    one, other = merge(ours, theirs, had, they_had), merge(theirs, ours, they_had, had)
    assert (one.ours, one.theirs) == (other.theirs, other.ours)
    assert [(c.ours, c.theirs) for c in one.conflicts] == [(c.theirs, c.ours) for c in other.conflicts]


@patient
@given(states(), states(), bases, bases, decisions)
def test_a_second_merge_finds_only_what_nobody_has_decided(
    ours: State, theirs: State, had: Base, they_had: Base, decision: Decision
) -> None:
    first = merge(ours, theirs, had, they_had)
    decided = {conflict.id: decision for conflict in first.conflicts}
    first = merge(ours, theirs, had, they_had, decided)
    ours, theirs = applied(ours, first.ours), applied(theirs, first.theirs)
    had, they_had = settled(ours, had, first.conflicts), settled(theirs, they_had, first.conflicts)
    second = merge(ours, theirs, had, they_had)
    assert not second.ours
    assert not second.theirs
    assert {conflict.id for conflict in second.conflicts} == {conflict.id for conflict in first.conflicts}


@patient
@given(states(), states(), bases, bases)
def test_undecided_nothing_that_somebody_entered_is_lost(ours: State, theirs: State, had: Base, they_had: Base) -> None:
    merged = merge(ours, theirs, had, they_had)
    after = [*applied(ours, merged.ours).values(), *applied(theirs, merged.theirs).values()]
    entered = [c for slot, c in ours.items() if had.get(slot) != c.canonical]
    entered += [c for slot, c in theirs.items() if they_had.get(slot) != c.canonical]
    for one in entered:
        assert any(one == kept or says_all(kept.canonical, one.canonical) for kept in after)


@patient
@given(states(), states())
def test_a_first_meeting_takes_nothing_away(ours: State, theirs: State) -> None:
    merged = merge(ours, theirs, {}, {})
    assert None not in [*merged.ours.values(), *merged.theirs.values()]


@patient
@given(states(), states(), states())
def test_after_everything_is_decided_both_sides_hold_the_same(before: State, ours: State, theirs: State) -> None:
    had = base(before)
    for decision in (Decision.OURS, Decision.THEIRS, Decision.BOTH):
        asked = merge(ours, theirs, had, had).conflicts
        chosen = {c.id: decision if decision in c.allowed else Decision.OURS for c in asked}
        merged = merge(ours, theirs, had, had, chosen)
        one, other = applied(ours, merged.ours), applied(theirs, merged.theirs)
        quiet = {"FN", "PHOTO"}
        assert {s: c for s, c in one.items() if s.name not in quiet} == {
            s: c for s, c in other.items() if s.name not in quiet
        }


def state(*lines: str) -> State:
    found = {}
    for line in lines:
        name, _, value = line.partition(":")
        name = name.partition(";")[0]
        found[Slot(name, value if name in ("TEL", "EMAIL") else "")] = Content(line, (line,))
    return found


def test_a_phone_changed_here_and_a_note_changed_there_are_both_kept() -> None:
    before = base(state("TEL:1", "NOTE:old"))
    merged = merge(state("TEL:2", "NOTE:old"), state("TEL:1", "NOTE:new"), before, before)
    assert merged.ours == state("NOTE:new")
    assert merged.theirs == {**state("TEL:2"), Slot("TEL", "1"): None}
    assert not merged.conflicts


def test_a_phone_that_both_corrected_is_one_conflict_and_not_two_phones() -> None:
    before = base(state("TEL:1"))
    ours, theirs = state("TEL:2"), state("TEL:3")
    (conflict,) = merge(ours, theirs, before, before).conflicts
    assert (conflict.before, conflict.ours, conflict.theirs) == (before, ours, theirs)
    assert Decision.BOTH in conflict.allowed
    both = merge(ours, theirs, before, before, {conflict.id: Decision.BOTH})
    assert (both.ours, both.theirs) == (theirs, ours)
    mine = merge(ours, theirs, before, before, {conflict.id: Decision.OURS})
    assert mine.theirs == {**ours, Slot("TEL", "3"): None}
    assert not mine.ours


def test_what_is_removed_here_and_changed_there_waits_for_somebody() -> None:
    before = base(state("NOTE:old"))
    merged = merge({}, state("NOTE:new"), before, before)
    assert (merged.ours, merged.theirs) == ({}, {})
    assert [conflict.id for conflict in merged.conflicts] == ["NOTE"]


def test_what_a_partner_cannot_hold_is_no_change() -> None:
    ours = state("NOTE:n", "TEL:1")
    merged = merge(ours, state("TEL:1"), base(ours), base(state("TEL:1")))
    assert (merged.ours, merged.theirs, merged.conflicts) == ({}, {}, ())


def test_at_first_the_one_who_says_more_is_right() -> None:
    ours, theirs = {Slot("N"): Content("N:Müller;Anna;;;")}, {Slot("N"): Content("N:Müller;Anna;;Dr.;")}
    assert merge(ours, theirs, {}, {}).ours == theirs
    assert says_all("TEL;TYPE=CELL;TYPE=PREF:49;401", "TEL;TYPE=CELL:;401")
    assert not says_all("TEL;TYPE=CELL:49;401", "TEL;TYPE=HOME:49;401")
    assert not says_all("NOTE:a\\;b", "NOTE:a")


def test_a_name_as_one_says_it_is_decided_with_the_name() -> None:
    before = base(state("N:a", "FN:a"))
    (conflict,) = merge(state("N:b", "FN:b"), state("N:c", "FN:c"), before, before).conflicts
    assert conflict.slots == {Slot("N"), Slot("FN")}
    alone = merge(state("N:a", "FN:b"), state("N:a", "FN:c"), before, before)
    assert (alone.ours, alone.theirs, alone.conflicts) == ({}, {}, ())


def test_of_two_notes_both_are_one_below_the_other_and_not_twice_after_an_interruption() -> None:
    note = Slot("NOTE")
    ours, theirs = ({note: Content(f"NOTE:{text}", (f"NOTE:{text}",))} for text in ("sings alto", "plays\\, too"))
    before = {note: "NOTE:sings"}
    (conflict,) = merge(ours, theirs, before, before).conflicts
    assert Decision.BOTH in conflict.allowed
    both = merge(ours, theirs, before, before, {conflict.id: Decision.BOTH})
    assert both.ours == both.theirs
    (joined,) = both.ours.values()
    assert joined is not None
    assert joined.lines == ("NOTE:sings alto\\nplays\\, too",)
    again = merge(applied(ours, both.ours), theirs, before, before, {conflict.id: Decision.BOTH})
    assert again.theirs == both.theirs
    assert Decision.BOTH not in merge({}, theirs, before, before).conflicts[0].allowed, "one that is gone has no text"
