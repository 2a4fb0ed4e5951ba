"""Any contact that the register could hold: trimmed, composed text; labels, dates and languages in stored form."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from alumnidesk.domain import dates, slots
from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, Link, OwnValue, Phone

_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffd")


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


text = st.text(_CHARACTERS | st.sampled_from(";,\\:'\"=+-@|^"), max_size=25).map(_tidy)
some = text.filter(bool)
word = st.from_regex(r"[a-zåäöß]{1,12}", fullmatch=True)
long_text = st.lists(text, max_size=3).map(lambda lines: "\n".join(lines).strip()).map(_tidy)
label = st.one_of(st.sampled_from(["", *slots.LABELS]), word.map(slots.canonical_label))
email_address = st.builds("{}@{}.example".format, word, word)
number = st.from_regex(r"\+?[0-9][0-9 ()/-]{2,12}[0-9]", fullmatch=True)
url = st.builds("https://{}.example/{}".format, word, st.sampled_from(["", "?a,b", "a%20b", "#x:y"]))
date = st.builds(dates.PartialDate, st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28)).map(str)
partial_date = st.one_of(
    st.just(""), date, date.map(lambda d: d[:7]), date.map(lambda d: d[:4]), date.map(lambda d: "-" + d[4:])
)
country = st.one_of(
    st.just(""), st.sampled_from(["DE", "SE", "GB", "PL", "CH"]), word.filter(lambda w: not country_code(w))
)
year = st.none() | st.integers(1000, 2100)


def _not_empty(part: Address) -> bool:
    return any(getattr(part, key) for key in ("street", "extra", "po_box", "postcode", "town", "region", "country"))


addresses = st.builds(
    Address,
    street=text,
    house_number=st.sampled_from(["", "4", "12a"]),
    extra=text,
    po_box=text,
    postcode=text,
    town=text,
    region=text,
    country=country,
    care_of=text,
    label=label,
    preferred=st.booleans(),
    undeliverable_since=partial_date,
).filter(_not_empty)
affiliations = st.builds(
    Affiliation,
    unit=text,
    role=text,
    programme=text,
    cohort_from=year,
    cohort_to=year,
    degree=text,
    began=partial_date,
    ended=partial_date,
).filter(lambda a: a != Affiliation())
foreign = st.one_of(
    st.builds(Foreign, st.just("csv"), some, some),
    word.map(lambda w: Foreign("vcard", "X-TEST", f"X-TEST;Y=z:{w}")),
)


def _many(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


OWN_NAMES = ("Allergien, bekannte", "Mützengröße", "Raum 2")
"""Own fields, in the order in which a card has them."""


@st.composite
def cards(draw: st.DrawFn) -> ContactCard:
    """A contact with at least a family name or an organisation."""
    kind = draw(st.sampled_from(["person", "organisation"]))
    deceased_on = draw(partial_date)
    family_name = draw(some)
    return ContactCard(
        uid=draw(st.uuids().map(str)),
        kind=kind,
        title=draw(text),
        given_name=draw(text),
        additional_names=draw(text),
        name_particle=draw(st.sampled_from(["", "von der", "de"])),
        family_name=family_name,
        suffix=draw(text),
        birth_name=draw(text),
        former_names=draw(text),
        call_name=draw(text),
        organisation=draw(some if kind == "organisation" else text),
        department=draw(text),
        position=draw(text),
        gender_form=draw(st.sampled_from(["", "f", "m"])),
        salutation_mode=draw(st.sampled_from(["", "formal", "neutral", "informal", "none", "own"])),
        own_salutation=draw(text),
        own_address_name=draw(text),
        language=draw(st.sampled_from(["", "de", "en", "sv", "fr"])),
        birth_date=draw(partial_date),
        deceased=bool(deceased_on) or draw(st.booleans()),
        deceased_on=deceased_on,
        no_post=draw(st.booleans()),
        no_email=draw(st.booleans()),
        no_phone=draw(st.booleans()),
        remark=draw(long_text),
        emails=draw(_many(st.builds(Email, email_address, label, st.booleans(), partial_date))),
        phones=draw(_many(st.builds(Phone, number, label, st.booleans()))),
        addresses=draw(_many(addresses)),
        links=draw(_many(st.builds(Link, url, label))),
        affiliations=draw(_many(affiliations)),
        tags=tuple(dict.fromkeys(draw(_many(some)))),
        own=tuple(OwnValue(name, draw(some)) for name in OWN_NAMES if draw(st.booleans())),
        foreign=draw(_many(foreign)),
    )
