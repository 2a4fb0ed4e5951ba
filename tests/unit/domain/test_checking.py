"""What can be an e-mail address in a contact."""

from __future__ import annotations

import pytest

from alumnidesk.domain.cards import ContactCard, Email
from alumnidesk.domain.checking import check, is_email
from alumnidesk.errors import InvalidInput


@pytest.mark.parametrize("address", ["anna@mail.example", "änne@büro.example", "root@localhost", '"a@b"@mail.example'])
def test_an_address_has_one_at_sign_outside_of_quotation_marks(address: str) -> None:
    assert is_email(address)


@pytest.mark.parametrize("address", ["petersen@@mail.example", "anna@home@mail.example", "anna", "@mail.example", "a@"])
def test_what_has_none_or_two_is_refused_where_it_is_typed(address: str) -> None:
    assert not is_email(address)
    with pytest.raises(InvalidInput, match="not an e-mail address"):
        check(ContactCard(given_name="Anna", emails=(Email(address),)))
