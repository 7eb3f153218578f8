"""Receipt codes: typed by hand, found by hash, never stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.models import FormResponse, Participant
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def test_a_code_leads_to_the_participant_who_holds_it():
    group = world.group()
    first, _second = world.participant(group), world.participant(group)

    assert receipts.find(first.receipt_code) == first


def test_a_code_leads_to_the_answers_it_was_given_for():
    response = world.response(world.easy_form(), 4)

    assert receipts.find(response.receipt_code) == response


def test_a_code_is_read_however_it_is_typed():
    holder = world.participant(world.group())
    typed = holder.receipt_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert receipts.find(f"  {typed} ") == holder


@pytest.mark.parametrize("typed", ["", "1234", "ABCD-EFGH-JKMN-PQRU", "x" * 10_000, "😀" * 16])
def test_what_is_no_code_leads_nowhere(typed):
    assert receipts.digest(typed) is None
    assert receipts.find(typed) is None


def test_the_code_itself_is_stored_nowhere():
    holder = world.participant(world.group())
    signs = holder.receipt_code.replace("-", "")

    rows = [*Participant.objects.values(), *FormResponse.objects.values()]

    assert not [row for row in rows if signs in str(row) or holder.receipt_code in str(row)]


@given(st.text(max_size=40))
def test_any_text_has_a_hash_or_none(typed):
    found = receipts.digest(typed)

    assert found is None or len(found) == 64
