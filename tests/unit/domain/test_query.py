"""The language of finding: what is typed becomes a tree, a tree becomes the text that says it, and words explain it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.fields import folded_header
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.query import (
    EVERYBODY,
    And,
    Condition,
    Not,
    Or,
    Phrase,
    Query,
    Words,
    conditions_of,
    looked_for,
    tidied,
)
from alumnidesk.domain.query_fields import LANGUAGE_ORDER, QUERY_FIELDS, Operator, Sort, field_named, query_field
from alumnidesk.domain.query_in_words import explain, problems
from alumnidesk.domain.query_text import DEEPEST, parse, write
from alumnidesk.i18n import LANGUAGES
from alumnidesk.places import bundled

BEGINS, EQUALS, CONTAINS, BETWEEN = Operator.BEGINS, Operator.EQUALS, Operator.CONTAINS, Operator.BETWEEN


def town(value: str) -> Condition:
    return Condition("town", BEGINS, value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYBODY),
        ("  anna   müller ", Words("anna müller")),
        ('"anna müller"', Phrase("anna müller")),
        ("„anna müller“", Phrase("anna müller")),
        ('"anna mü', Phrase("anna mü", beginning=True)),
        ('"anna mü"*', Phrase("anna mü", beginning=True)),
        ("anna -mentor", And((Words("anna"), Not(Words("mentor"))))),
        ("kiel OR lübeck", Or((Words("kiel"), Words("lübeck")))),
        ("kiel ODER lübeck ELLER malmö", Or((Words("kiel"), Words("lübeck"), Words("malmö")))),
        ("anna kiel OR lübeck", And((Words("anna"), Or((Words("kiel"), Words("lübeck")))))),
        ("(anna kiel) OR bernd", Or((Words("anna kiel"), Words("bernd")))),
        ("-(anna kiel)", Not(Words("anna kiel"))),
        ("-(-anna)", Words("anna")),
        ("or oder", Words("or oder")),
        ("OR anna OR", Words("anna")),
        ("Frankfurt (Oder)", Words("Frankfurt Oder")),
        ("town:chem", town("chem")),
        ("Ort: Bad", town("Bad")),
        ('ort:"Bad Homburg" anna', And((town("Bad Homburg"), Words("anna")))),
        ("town:=kiel", Condition("town", EQUALS, "kiel")),
        ("town:~homburg", Condition("town", CONTAINS, "homburg")),
        ("town:", Condition("town", Operator.ANY)),
        ("town: tag:mentor", And((Condition("town", Operator.ANY), Condition("tag", BEGINS, "mentor")))),
        ('town:"none"', town("none")),
        ("ort:Leer vorname:Tom", And((town("Leer"), Condition("given_name", BEGINS, "Tom")))),
        ("e-mail:keine", Condition("email", Operator.NONE)),
        ("cohort:1998..2003", Condition("cohort", BETWEEN, "1998", "2003")),
        ("cohort:1998-2003", Condition("cohort", BETWEEN, "1998", "2003")),
        ("cohort:..2003", Condition("cohort", BETWEEN, "", "2003")),
        ("cohort:>=1998", Condition("cohort", BETWEEN, "1998")),
        ("cohort:<=2003", Condition("cohort", BETWEEN, "", "2003")),
        ("cohort:1998.", Condition("cohort", EQUALS, "1998")),
        ("cohort:<1998", Condition("cohort", Operator.BEFORE, "1998")),
        ("born:1.3.1975..31.12.1980", Condition("birth_date", BETWEEN, "1975-03-01", "1980-12-31")),
        ("born:1.3...5.4.", Condition("birth_date", BETWEEN, "--03-01", "--04-05")),
        ("geboren:<1.2.2003", Condition("birth_date", Operator.BEFORE, "2003-02-01")),
        ("birthmonth:3", Condition("birth_month", EQUALS, "3")),
        ("deceased:no", Condition("deceased", Operator.NONE)),
        ("verstorben:ja", Condition("deceased", Operator.ANY)),
        ("erreichbar:brief", Condition("reach", EQUALS, "post")),
        ("land:Schweden", Condition("country", EQUALS, "SE")),
        ("sprache:deutsch", Condition("language", EQUALS, "de")),
        ("is:member@hamburg", Condition("is", BEGINS, "member@hamburg")),
        ("http://x 19:30 a:b :c", Words("http://x 19:30 a:b :c")),
        ("- & …", EVERYBODY),
        ('"" "-"', EVERYBODY),
    ],
)
def test_a_typed_text_says(text: str, expected: Query) -> None:
    assert parse(text) == expected


def test_every_field_has_words_of_its_own_in_three_languages() -> None:
    assert tuple(LANGUAGES) == LANGUAGE_ORDER
    owner: dict[str, str] = {}
    for field in QUERY_FIELDS:
        for words in field.words:
            assert words
            for word in words.split("|"):
                assert field_named(word.strip()) == field, word
                assert owner.setdefault(folded_header(word), field.key) == field.key, word


@pytest.mark.parametrize(
    ("word", "key"),
    [("Familienname", "family_name"), ("Geburtsdatum", "birth_date"), ("Företag", "organisation"), ("ORT", "town"),
     ("e-mail", "email"), ("First name", "given_name")],
)  # fmt: skip
def test_headings_of_tables_are_field_words_too(word: str, key: str) -> None:
    assert field_named(word) == query_field(key)


# Any tree, any text ------------------------------------------------------------------------------------------------

ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Zl", "Zp", "Cc"]), max_size=12)
WHATEVER = st.one_of(
    ANYTHING,
    st.sampled_from(["none", "ja", "1998-2003", "2.3.1975", "März", "..", "<3", "SE", "-x", "ort:a:b", "OR", "a b"]),
)
CONDITIONS = st.builds(
    Condition, st.sampled_from([field.key for field in QUERY_FIELDS]), st.sampled_from(Operator), WHATEVER, WHATEVER
)
LEAVES = st.one_of(st.builds(Words, WHATEVER), st.builds(Phrase, ANYTHING, st.booleans()), CONDITIONS)
TREES: st.SearchStrategy[Query] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, max_size=4).map(lambda many: And(tuple(many))),
        st.lists(parts, max_size=4).map(lambda many: Or(tuple(many))),
    ),
    max_leaves=12,
)
TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["anna", "ort:", "ort:kiel", "-", "(", ")", '"', "„", "“", "OR", "ODER", "|", "..", "jahrgang:19", "98",
             "email:none", " ", "  ", "*", ":", "=", "<", "town:=", "geboren:1.3.", "ist:mitglied@", "Æ", "🎉"]
        ), max_size=14,
    ).map("".join),
)  # fmt: skip


@given(TREES, st.sampled_from(LANGUAGE_ORDER))
def test_what_is_written_says_the_same_when_it_is_read_again(query: Query, language: str) -> None:
    assert parse(write(query, language)) == tidied(query)


@given(TREES)
def test_tidying_twice_changes_nothing(query: Query) -> None:
    assert tidied(tidied(query)) == tidied(query)


@given(TYPED, st.sampled_from(LANGUAGE_ORDER))
def test_whatever_is_typed_means_something_that_can_be_written_and_explained(text: str, language: str) -> None:
    query = parse(text)
    assert parse(write(query, language)) == query
    assert isinstance(str(explain(query, language)), str)
    assert all(str(problem) for problem in problems(query))
    looked_for(query)


@given(TREES)
def test_every_tree_is_explained_in_words(query: Query) -> None:
    said = str(explain(query, "en"))
    assert bool(said) is (tidied(query) != EVERYBODY)


def test_deep_brackets_and_long_texts_are_read_in_time() -> None:
    parse("(" * 50_000 + "a" + ")" * 50_000)
    assert isinstance(parse("-(" * DEEPEST + "a"), Not | Words)
    parse("a OR " * 10_000)
    parse('"' * 20_001)


# In words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("town:chemnitz cohort:1998..2003", "Town begins with “chemnitz” and Cohort 1998 to 2003"),
        ("town:=Kiel OR tag:mentor", "Town is “Kiel” or has the tag “mentor”"),
        ("-town:kiel", "Town does not begin with “kiel”"),
        ("email:none", "E-mail is empty"),
        ("-email:none", "E-mail is not empty"),
        ("-heard:2024..", "has not heard from us since 2024"),
        ("heard:none", "has never heard from us"),
        ("born:<2025-01-01", "Date of birth before 1 January 2025"),
        ("is:member@hamburg", "is “member” at or below “hamburg” now"),
        ("coming:sommer", "came or comes to “sommer”"),
        ("reach:post deceased:no", "can be reached by post and Deceased: no"),
        ("land:schweden", "Country “Sweden”"),
        ("anna (kiel OR -mentor)", "“anna” and (“kiel” or without “mentor”)"),
        ("-(town:kiel tag:x)", "not (Town begins with “kiel” and has the tag “x”)"),
        ("born:31.02.1980", "Date of birth: “31.02.1980” is no date that can be read"),
        ("cohort:abc", "Cohort: “abc” is no number that can be read"),
        ("land:nirgendwo", "Country: “nirgendwo” is not known"),
    ],
)
def test_a_query_is_explained(text: str, said: str) -> None:
    assert str(explain(parse(text), "en")) == said


def test_only_values_that_cannot_be_read_are_problems() -> None:
    assert problems(parse("born:1975 cohort:1998.. town:31.02. land:de anna")) == []
    found = problems(parse("anna (born:31.02. OR -cohort:x) sprache:klingonisch"))
    assert [str(problem) for problem in found] == [
        "Date of birth: “31.02.” is no date that can be read",
        "Cohort: “x” is no number that can be read",
        "Language: “klingonisch” is not known",
    ]


def test_what_is_excluded_is_not_highlighted() -> None:
    assert looked_for(parse('anna town:Kiel -mentor "am see" -(x)')) == ("anna", "kiel", "am", "see")


def test_each_sort_of_field_says_what_can_be_asked() -> None:
    assert {field.sort for field in QUERY_FIELDS} == set(Sort)
    assert query_field("town").operators[0] is BEGINS
    assert query_field("remark").operators[0] is CONTAINS


OWN = [OwnField("Shirt size"), OwnField("Hemdgröße"), OwnField("Tröjstorlek")]
"""Fields of an association's own, in the words of the help."""


@pytest.mark.parametrize("language", LANGUAGE_ORDER)
def test_the_help_names_every_field_and_its_examples_are_understood(language: str) -> None:
    page = (bundled("resources") / "help" / language / "searching.md").read_text("utf-8")
    named = {word for line in re.findall(r"^- \*\*.*\*\*: (.*)$", page, re.MULTILINE) for word in line.split(", ")}
    assert named == {field.word(language) for field in QUERY_FIELDS}
    examples = [example for example in re.findall(r"\*([^*\n]+)\*", page) if ":" in example]
    assert len(examples) > 12
    for example in examples:
        assert conditions_of(parse(example, OWN)), example
        assert not problems(parse(example, OWN)), example
