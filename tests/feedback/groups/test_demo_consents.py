"""The demo's participants: enough of them, some who said no, one who took it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedback.focus_groups import demo, demo_consents
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Consent, Participant
from sessions.enums import Kind
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def _seeded():
    """Two of the demo's groups, held before the anchor, with their participants."""
    for item in demo.GROUPS:
        if item.country in {"BG", "IT"} and item.months is not None:
            session = make.cop_session(item.country, kind=Kind.FOCUS_GROUP, title=item.title)
            group = world.group(item.country, session=session, languages=list(item.languages))
            anchor = group.session.wall_day + timedelta(days=30)
    demo_consents.seed(anchor)
    demo_consents.seed(anchor)


@pytest.mark.usefixtures("_seeded")
def test_everybody_who_came_has_a_code_and_answers():
    came = sum(i.came for i in demo.GROUPS if i.country in {"BG", "IT"} and i.months is not None)

    assert Participant.objects.count() == came
    assert Consent.objects.count() == 3 * came


@pytest.mark.usefixtures("_seeded")
def test_one_known_code_opens_a_page():
    holder = receipts.find(demo_consents.KNOWN_CODE)

    assert holder is not None
    assert (holder.code, holder.language) == ("P1", "ar")


@pytest.mark.usefixtures("_seeded")
def test_some_said_no_one_took_it_back_one_is_a_minor():
    assert Consent.objects.filter(purpose=Purpose.QUOTES, is_given=False).exists()
    assert Consent.objects.get(withdrawn_on__isnull=False).purpose == Purpose.QUOTES
    assert Participant.objects.get(is_minor=True).guardian_agreed
