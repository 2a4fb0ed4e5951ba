"""A card as slots, and a card in which only some lines are replaced."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alumnidesk.domain.cards import Address, ContactCard, Email, Phone
from alumnidesk.domain.records import Problem
from alumnidesk.domain.sync import Content, Slot, State
from alumnidesk.formats import vcard
from alumnidesk.formats.vcard_states import CardText, card_text, replaced

APPLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Invented//Phone 17//EN
N:Müller;Anna;;Dr.;
FN:Dr. Anna Müller
item1.EMAIL;type=INTERNET;type=pref:Anna@Mail.example
item1.X-ABLabel:_$!<Home>!$_
TEL;type=CELL;type=VOICE:+49 40 123 45
item2.ADR;type=HOME:;;Lindenweg 5;Hamburg;;20095;Germany
item2.X-ABADR:de
NOTE:a rather long remark that is folded after seventy-five octets and goes on\\, w
 ith a comma
CATEGORIES:Chor,Vorstand
X-SOMEBODY;own=1:keeps this
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
 SkZJRg==
UID:abc-1
END:VCARD
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Anna
TEL;CELL:040 123
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:sch=C3=B6n und =
lang
PHOTO;JPEG;ENCODING=BASE64:
 /9j/4AAQ
 SkZJRg==

EMAIL;INTERNET:a@b.example
END:VCARD
"""


def card(text: str | bytes) -> CardText:
    found = card_text(text if isinstance(text, bytes) else text.encode())
    assert isinstance(found, CardText), found
    return found


def canonical(text: str | bytes) -> dict[Slot, str]:
    return {slot: content.canonical for slot, content in card(text).state.items()}


def content(*lines: str) -> Content:
    return Content("\n".join(lines), lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TEL;TYPE=CELL,PREF:+49 40 123", "TEL;PREF=1;type=cell;TYPE=voice;VALUE=uri:tel:+4940-123"),
        ("EMAIL;TYPE=INTERNET,HOME:Anna@Mail.example", "item1.EMAIL:anna@mail.example\nitem1.X-ABLabel:_$!<Home>!$_"),
        ("BDAY:1975-03-02", "BDAY;VALUE=date:19750302"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-02", "BDAY:--0302"),
        (
            "ADR;TYPE=HOME:;;Lindenweg 5;Hamburg;;20095;Germany",
            "ADR;type=home:;;Lindenweg 5;Hamburg;;20095;Deutschland",
        ),
        ("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "PHOTO:data:image/jpeg;base64,/9j/4AAQ"),
        ("N:Müller;Anna", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Anna;;;"),
        ("CATEGORIES:a,b", "CATEGORIES:b\nCATEGORIES:a"),
        ("KIND:org", "X-ABShowAs:COMPANY"),
        ("ORG:Lindenhof;", "ORG:Lindenhof"),
        ("URL:https://a.example/", "URL:https://a.example"),
        ("NOTE:a\n b", "NOTE:ab"),
        ("X-SOMEBODY;B=2;A=1:x", "x-somebody;A=1;B=2:x"),
        ("REV:20260101\nPRODID:me", ""),
        ("TEL:", ""),
    ],
)
def test_the_same_written_in_another_way_is_the_same(one: str, other: str) -> None:
    whole = "BEGIN:VCARD\nVERSION:3.0\n{}\nEND:VCARD\n"
    assert canonical(whole.format(one)) == canonical(whole.format(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TEL:040 123", "TEL:040 124"),
        ("TEL;TYPE=HOME:040 123", "TEL;TYPE=WORK:040 123"),
        ("EMAIL:muller@a.example", "EMAIL:mueller@a.example"),
        ("NOTE:a", "NOTE:A"),
        ("N:Müller;Anna", "N:Müller;Anne"),
        ("X-SOMEBODY:x", "X-SOMEBODY:y"),
        ("item1.TEL:1\nitem1.X-ABLabel:Hut", "item1.TEL:1\nitem1.X-ABLabel:Boat"),
    ],
)
def test_something_else_is_something_else(one: str, other: str) -> None:
    whole = "BEGIN:VCARD\nVERSION:3.0\n{}\nEND:VCARD\n"
    assert canonical(whole.format(one)) != canonical(whole.format(other))


def test_only_the_lines_of_a_slot_are_replaced() -> None:
    phone = next(slot for slot in card(APPLE).state if slot.name == "TEL")
    after = replaced(card(APPLE), {phone: None, Slot("TEL", "9"): content("TEL;TYPE=HOME:9")}).text.decode()
    before = [line for line in APPLE.splitlines() if not line.startswith("TEL")]
    assert after.splitlines() == [*before[:-1], "TEL;TYPE=HOME:9", "END:VCARD"]


def test_a_new_value_stands_where_the_old_one_stood() -> None:
    after = replaced(card(APPLE), {Slot("NOTE"): content("NOTE:short")}).text.decode().splitlines()
    assert after[after.index("NOTE:short") + 1] == "CATEGORIES:Chor,Vorstand"
    assert not any(line.startswith(" ith") for line in after)


def test_of_a_line_with_several_tags_only_that_tag_goes() -> None:
    changes = {Slot("CATEGORIES", "chor"): None, Slot("CATEGORIES", "neu"): content("CATEGORIES:Neu")}
    after = replaced(card(APPLE), changes)
    assert "\nCATEGORIES:Vorstand,Neu\n" in after.text.decode()
    assert {slot.key for slot in after.state if slot.name == "CATEGORIES"} == {"vorstand", "neu"}


def test_a_label_of_ones_own_comes_along_in_a_group_that_is_free() -> None:
    hut = content("item1.TEL:77", "item1.X-ABLabel:Hut")
    after = replaced(card(APPLE), {Slot("TEL", "77"): hut})
    assert after.state[Slot("TEL", "77")].canonical == "TEL;X-ABLABEL=Hut:;77"
    assert after.state[Slot("EMAIL", "anna@mail.example")] == card(APPLE).state[Slot("EMAIL", "anna@mail.example")]
    gone = replaced(after, {Slot("TEL", "77"): None})
    assert gone.text == card(APPLE).text


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encoding_stay(ending: str, encoding: str) -> None:
    text = APPLE.replace("\n", ending).encode(encoding)
    after = replaced(card(text), {Slot("NOTE"): content("NOTE:kürzer"), Slot("X-NEW", "1"): content("X-NEW:1")}).text
    said = after.decode(encoding)
    assert said.startswith(f"BEGIN:VCARD{ending}")
    assert "NOTE:kürzer" in said
    assert card(after).state.keys() == {*card(text).state, Slot("X-NEW", "1")}
    if ending != "\r":
        assert not re.search(r"(?<!\r)\n" if ending == "\r\n" else r"\r", said)


def test_a_card_of_the_nineties_gets_lines_that_its_program_reads() -> None:
    changes = {
        Slot("NOTE"): content("NOTE:grün\\, " + "und lang " * 12 + "\\nzweite Zeile"),
        Slot("TEL", "99"): content("TEL;TYPE=HOME;TYPE=PREF:99"),
        Slot("PHOTO"): None,
    }
    after = replaced(card(OLD), changes)
    text = after.text.decode()
    assert "TEL;HOME;PREF:99\n" in text
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 76
    (record,) = vcard.each(after.text)
    assert not isinstance(record, Problem)
    assert record.values["remark"] == "grün, " + "und lang " * 12 + "\nzweite Zeile"
    assert text.splitlines()[:4] == OLD.splitlines()[:4]
    assert "EMAIL;INTERNET:a@b.example" in text


@pytest.mark.parametrize(
    "text",
    ["", "kaputt", "BEGIN:VCARD\nFN:x\n", "BEGIN:VCARD\nFN:x\nEND:VCARD\nBEGIN:VCARD\nFN:y\nEND:VCARD\n"],
)
def test_what_is_not_one_whole_card_is_a_problem(text: str) -> None:
    assert isinstance(card_text(text.encode()), Problem)


words = st.text('aä;,\\:\n "王', min_size=1, max_size=12).filter(lambda text: text.strip() == text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words, words, st.lists(words, max_size=3, unique=True), st.sampled_from(["", "home", "Hütte"]), st.booleans())
@example("Ahlefeld", "", ["Foerderkreis", "Förderkreis", "aa", "a"], "", False)
def test_what_one_card_takes_over_from_another_it_says_like_that(
    name: str, remark: str, tags: list[str], label: str, preferred: bool
) -> None:
    ours = ContactCard(
        family_name=name,
        remark=remark,
        tags=tuple(tags),
        emails=(Email("a@b.example", label, preferred),),
        phones=(Phone("040 77", label),),
        addresses=(Address(street=name, town="Kiel", label=label),),
    )
    state: State = card(vcard.write(ours)).state
    for text in (APPLE, OLD):
        theirs = card(text)
        after = replaced(theirs, {**dict.fromkeys(theirs.state), **state})
        assert after.state == state
        assert replaced(after, after.state).state == state
