"""The language of finding over a real file: fields by name in three languages, phrases, without, either-or, groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, EventCard, Link, Phone
from alumnidesk.domain.consent import TO_ALL
from alumnidesk.domain.lines import Arrangement
from alumnidesk.domain.query import And, Condition, Not, Or, Phrase, Query, Words, tidied
from alumnidesk.domain.query_fields import QUERY_FIELDS, Operator, Sort
from alumnidesk.domain.query_in_words import problems
from alumnidesk.domain.query_text import write
from alumnidesk.i18n import say
from alumnidesk.storage.sources import OF_MANY, SOURCES

Names = Callable[..., str]

ANNA = ContactCard(
    title="Dr.", given_name="Anna", family_name="Müller", birth_name="Öztürk", call_name="Anni",
    birth_date="1975-03-02",
    organisation="Stadtbücherei", department="Musik", position="Bibliothekarin", gender_form="f", language="de",
    remark="Spielt Cello im Kammerorchester.", tags=("Mentor", "Vorstand 2026"),
    emails=(Email("anna@mail.example"),), phones=(Phone("+49 (0)40 / 669 69-123"),), links=(Link("anna.example"),),
    addresses=(Address(street="Lindenweg 14", postcode="22767", town="Hamburg", region="Altona", country="DE"),),
    affiliations=(
        Affiliation("Chor", "Mitglied", cohort_from=1997, cohort_to=1998, degree="Diplom", programme="Kurs 12 B"),
        Affiliation("Haus", "Kasse", ended="2010"),
    ),
)  # fmt: skip
BERND = ContactCard(
    given_name="Bernd", family_name="Mueller", birth_date="--03-02", language="en", no_email=True,
    emails=(Email("bernd@post.example"),), addresses=(Address(postcode="61348", town="Bad Homburg"),),
    affiliations=(Affiliation("Haus", "Mitglied", cohort_to=2003),),
)  # fmt: skip
CARLA = ContactCard(
    given_name="Carla", family_name="Muller", deceased=True, deceased_on="2020", birth_date="1980",
    addresses=(Address(postcode="111 22", town="Malmö", country="SE"), Address(town="Hamburg")),
)  # fmt: skip
DORA = ContactCard(given_name="Dora", family_name="Anna", no_post=True, no_phone=True, phones=(Phone("0381 66"),))
HOUSE = ContactCard(kind="organisation", organisation="Lindenhof e. V.", addresses=(Address(town="Kiel"),))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Five contacts, two events, units in a tree."""
    desk = Desk.create(tmp_path_factory.mktemp("conditions") / "c.alumnidesk")
    for card in (ANNA, BERND, CARLA, DORA, HOUSE):
        desk.contacts.add(card)
    with desk._database.writing(say("Units")) as deed:
        deed.execute("UPDATE unit SET parent_id = (SELECT id FROM unit WHERE name = 'Haus') WHERE name = 'Chor'")
    anna, bernd = by_name(desk, "Anna Müller"), by_name(desk, "Bernd Mueller")
    summer = desk.events.add(EventCard(title="Sommerfest", starts_on="2024-07-01"))
    winter = desk.events.add(EventCard(title="Winterball", starts_on="2030-01-01"))
    desk.events.invite(summer.id or 0, [anna, bernd])
    desk.events.invite(winter.id or 0, [bernd])
    for entry in desk.events.roster(summer.id or 0):
        desk.events.answer([entry.id], "coming" if entry.contact_id == anna else "declined")
    carla = desk.contacts.card(by_name(desk, "Carla Muller"))
    home, hamburg = carla.addresses
    desk.contacts.save(carla, replace(carla, addresses=(home, replace(hamburg, undeliverable_since="2025"))))
    card = desk.contacts.card(bernd)
    desk.contacts.save(card, replace(card, emails=(replace(card.emails[0], undeliverable_since="2024-03-05"),)))
    desk.notes.add(anna, "Ruft wegen der Orgel zurück")
    yield desk
    desk.close(backup=False)


def by_name(desk: Desk, name: str) -> int:
    return next(line.id for line in desk.find.lines(desk.find.contacts().ids) if line.name == name)


@pytest.fixture
def names(desk: Desk) -> Names:
    """The first names of those who fit, as one text."""

    def found(query: str, **options: object) -> str:
        ids = desk.find.contacts(query, **options).ids  # type: ignore[arg-type]
        return " ".join(sorted(line.name.split()[0] for line in desk.find.lines(ids)))

    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Words and groups
        ("muller -mueller", ""),
        ("müller -bernd", "Anna Carla"),
        ("kiel OR malmö", "Carla Lindenhof"),
        ("müller malmö OR homburg", "Bernd Carla"),
        ("(müller homburg) OR kiel", "Bernd Lindenhof"),
        ("-(müller OR kiel)", "Dora"),
        ('"anna müller"', "Anna"),
        ('"müller anna"', ""),
        ('"dora anna', "Dora"),
        ('"anna mul', "Anna"),
        ('"anna mul"', ""),
        ('"Orgel zurück"', "Anna"),
        ("(040) 66969", "Anna"),
        ("+49 (0)40 66969", "Anna"),
        # Name and work
        ("name:anna", "Anna Dora"),
        ("name:~mull name:a", "Anna"),
        ('name:="Anna Müller"', "Anna"),
        ("vorname:anna", "Anna"),
        ("lastname:muller", "Anna Bernd Carla"),
        ("efternamn:=müll", ""),
        ("nachname:a..m", "Anna Bernd Carla Dora"),
        ("lastname:<b", "Dora"),
        ("lastname:>b", "Anna Bernd Carla"),
        ("geburtsname:öz", "Anna"),
        ("birthname:any", "Anna"),
        ("nickname:anni", "Anna"),
        ("titel:dr", "Anna"),
        ("firma:stadtbuch", "Anna"),
        ("department:musik", "Anna"),
        ("position:biblio", "Anna"),
        ("kind:organisation", "Lindenhof"),
        ("anredeform:frau", "Anna"),
        ("sprache:englisch", "Bernd"),
        ("language:none", "Carla Dora Lindenhof"),
        # Ways to reach somebody
        ("email:none", "Carla Dora Lindenhof"),
        ("e-post:någon", "Anna Bernd"),
        ("e-mail:post.example", "Bernd"),
        ("e-mail:bern", "Bernd"),
        ("phone:04066969", "Anna"),
        ('telefon:"+49 40 66969123"', "Anna"),
        ("tel:=0381", ""),
        ("phone:any", "Anna Dora"),
        ("phone:none", "Bernd Carla Lindenhof"),
        ("web:anna", "Anna"),
        ("link:any", "Anna"),
        ("reach:post", "Anna Bernd Lindenhof"),
        ("erreichbar:e-mail", "Anna"),
        ("nås:telefon", "Anna"),
        ("reach:any", "Anna Bernd Lindenhof"),
        ("reach:none", "Carla Dora"),
        ("nopost:yes", "Dora"),
        ("keine-e-mail:ja", "Bernd"),
        ("ingasamtal:ja", "Dora"),
        # Addresses
        ("town:hamb", "Anna Carla"),
        ("ort:Homburg", ""),
        ("stad:~homburg", "Bernd"),
        ('ort:"bad hom"', "Bernd"),
        ("town:none", "Dora"),
        ("plz:22", "Anna"),
        ("postcode:2..6", "Anna Bernd"),
        ("postnummer:<2", "Carla"),
        ("street:linden", "Anna"),
        ("bundesland:altona", "Anna"),
        ("country:sweden", "Carla"),
        ("land:Deutschland", "Anna Bernd Carla Lindenhof"),
        ("address:lindenweg", "Anna"),
        ("address:none", "Dora"),
        # Belonging
        ("jahrgang:1998", "Anna"),
        ("cohort:1998..2003", "Anna Bernd"),
        ("årskull:>1998", "Bernd"),
        ("cohort:<=1998", "Anna"),
        ("cohort:none", "Carla Dora Lindenhof"),
        ("course:kurs", "Anna"),
        ("abschluss:diplom", "Anna"),
        ("unit:chor", "Anna"),
        ("bereich:haus", "Anna Bernd"),
        ("is:mitglied", "Anna Bernd"),
        ("ist:kasse", ""),
        ("was:kasse", "Anna"),
        ("role:kasse", "Anna"),
        ("roll:mitglied@haus", "Anna Bernd"),
        ("role:mitglied@chor", "Anna"),
        ("role:kasse@chor", ""),
        ("is:any", "Anna Bernd"),
        ("tag:mentor", "Anna"),
        ('schlagwort:"Vorstand 2"', "Anna"),
        ("tagg:inget", "Bernd Carla Dora Lindenhof"),
        # Person
        ("born:1975", "Anna"),
        ("geburtstag:2.3.", "Anna Bernd"),
        ("född:1975-03..1979", "Anna"),
        ("born:..1980-06", "Anna Carla"),
        ("born:<1980", "Anna"),
        ("born:>1975", "Carla"),
        ("born:1.3...5.3.", "Anna Bernd"),
        ("born:--12-01..--03-02", "Anna Bernd"),
        ("born:none", "Dora Lindenhof"),
        ("birthmonth:3", "Anna Bernd"),
        ("geburtsmonat:12..3", "Anna Bernd"),
        ("verstorben:ja", "Carla"),
        ("deceased:no", "Anna Bernd Dora Lindenhof"),
        ("died:2020", "Carla"),
        ("vermerk:cello", "Anna"),
        ('remark:="Cello im"', "Anna"),
        ('remark:="im Cello"', ""),
        # What happened
        ("note:orgel", "Anna"),
        ("veranstaltung:som", "Anna Bernd"),
        ("event:none", "Carla Dora Lindenhof"),
        ("dabei:sommerfest", "Anna"),
        ("declined:sommer", "Bernd"),
        ("eingeladen:any", "Bernd"),
        ("heard:2024", "Anna"),
        ("heard:none", "Carla Dora Lindenhof"),
        ("-heard:2024..2025", "Bernd Carla Dora Lindenhof"),
        ("-gehört:2024..", "Carla Dora Lindenhof"),
        ("letter:any", ""),
        ("returned:any", "Bernd Carla"),
        ("zurückgekommen:2024..", "Bernd Carla"),
        ("retur:2024", "Bernd"),
        ("returned:2024-03-06..", "Carla"),
        ("unzustellbar:..2024-12", "Bernd"),
        ("-returned:any müller", "Anna"),
        ("returned:keine", "Anna Dora Lindenhof"),
        ("-returned:2025..", "Anna Bernd Dora Lindenhof"),
        # What cannot be read fits nobody
        ("born:31.02.", ""),
        ("cohort:abc", ""),
        ("country:nirgendwo", ""),
        ("deceased:perhaps", ""),
        ("-born:31.02.", ""),
        ("-(kiel cohort:abc)", ""),
        ("dora OR -born:31.02.", "Dora"),
        # Together
        ("ort:hamburg jahrgang:1998..2003 schlagwort:mentor -e-mail:keine", "Anna"),
        ("town:hamburg (is:mitglied OR deceased:yes)", "Anna Carla"),
        ("town: anna", ""),
        ("cohort: tag:mentor", "Anna"),
    ],
)
def test_a_query_finds_who_fits(names: Names, query: str, expected: str) -> None:
    assert names(query) == expected


def test_changed_since_knows_new_contacts_their_parts_and_later_changes(names: Names, desk: Desk) -> None:
    today = dt.date.today()
    assert names(f"changed:{today}..") == "Anna Bernd Carla Dora Lindenhof"
    assert names(f"changed:<{today - dt.timedelta(1)}") == ""
    assert names("geändert:none") == ""


def test_every_field_has_a_place_in_the_file() -> None:
    assert {field.key for field in QUERY_FIELDS} == {*SOURCES, *OF_MANY, "segment", "reach"}


def test_hits_come_in_the_order_of_the_list_and_without_the_bin(desk: Desk, names: Names) -> None:
    def listed(sort: str = "name", *, descending: bool = False) -> list[str]:
        hits = desk.find.contacts("lastname:any", Arrangement(sort, descending))
        return [line.name for line in desk.find.lines(hits.ids)]

    assert listed() == ["Dora Anna", "Anna Müller", "Bernd Mueller", "Carla Muller"]
    assert listed(descending=True) == listed()[::-1]
    assert listed("town")[-2:] == ["Carla Muller", "Dora Anna"]  # who has no town comes last
    extra = desk.contacts.add(ContactCard(family_name="Müllerin")).id or 0
    desk.contacts.delete([extra])
    assert names("lastname:mullerin") == ""
    assert names("-lastname:muller -name:anna") == "Lindenhof"


def test_hits_tell_what_was_understood_and_what_to_mark(desk: Desk) -> None:
    hits = desk.find.contacts('town:hamb "anna müller" -mentor')
    assert hits.words == ("hamb", "anna", "muller")
    assert hits.query is not None
    plain = desk.find.contacts("http://x Frankfurt (Oder)")
    assert plain.query is None
    assert plain.words == ("http", "x", "frankfurt", "oder")


def test_who_can_be_reached_by_post_is_who_gets_a_letter(tmp_path: Path) -> None:
    desk = Desk.create_sample(tmp_path / "s.alumnidesk", 300)
    try:
        everybody = list(desk.find.contacts().ids)
        fine = {card.id for card in desk.contacts.cards(everybody) if TO_ALL.keeps_out(card) is None}
        assert set(desk.find.contacts("reach:post").ids) == fine
        assert 0 < len(fine) < len(everybody)
    finally:
        desk.close(backup=False)


# Any query ---------------------------------------------------------------------------------------------------------

VALUES = st.sampled_from(
    ["anna", "mull", "Hamburg", "bad hom", "1998", "1975-03", "--03-02", "2.3.", "31.02.", "SE", "post",
     "mitglied@haus", "", "%", "'", '"', "*", "a-b", "_", "²", "12", "f", "person", "22"]
)  # fmt: skip
LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Words, VALUES),
    st.builds(Phrase, VALUES, st.booleans()),
    st.builds(
        Condition, st.sampled_from([field.key for field in QUERY_FIELDS]), st.sampled_from(Operator), VALUES, VALUES
    ),
)
TREES: st.SearchStrategy[Query] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=1, max_size=3).map(lambda many: And(tuple(many))),
        st.lists(parts, min_size=1, max_size=3).map(lambda many: Or(tuple(many))),
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TREES)
def test_a_group_finds_what_its_parts_find(desk: Desk, query: Query) -> None:
    everybody = set(desk.find.contacts().ids)

    def expected(part: Query) -> set[int]:
        match part:
            case Not(inner):
                return set() if problems(inner) else everybody - expected(inner)
            case And(parts):
                return everybody.intersection(*map(expected, parts))
            case Or(parts):
                return set().union(*map(expected, parts))
            case _:
                return set(desk.find.contacts(write(part)).ids)

    query = tidied(query)
    text = write(query)
    # What says nothing is dropped from a group, so groups of it are no sum of their parts.
    if all(write(leaf) for leaf in _leaves(query)):
        assert set(desk.find.contacts(text).ids) == expected(query), text


def _leaves(query: Query) -> Iterator[Query]:
    match query:
        case Not(part):
            yield from _leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield query


def test_each_sort_of_field_is_tested_above() -> None:
    assert {field.sort for field in QUERY_FIELDS} == set(Sort)
