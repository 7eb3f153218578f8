"""The demo's leavers: what one promised is nobody's, what should stay is told or asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

import experts.demo
from cop_platform.common import needs
from experts.enums import MessageState
from experts.models import Membership, Message, Person, User
from practices.demo import leaving
from practices.enums import Occasion
from practices.models import Story
from sessions.models import ActionItem

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def leaver() -> Person:
    experts.demo.seed(ANCHOR)
    leaving.seed(ANCHOR)
    return Person.objects.get(email="left.es-01@demo.example")


def coordinator(code: str) -> User:
    return User.objects.get(email=f"coordinator.{code}@demo.example")


def test_a_second_run_changes_nothing(leaver):
    def rows() -> list[int]:
        return [model.objects.count() for model in (Person, Membership, ActionItem, Story)]

    first = rows()
    experts.demo.seed(ANCHOR)
    leaving.seed(ANCHOR)

    assert rows() == first


def test_who_left_has_no_role_no_account_and_no_mail(leaver):
    assert list(leaver.memberships.values_list("left_on", flat=True)) == [
        ANCHOR - timedelta(days=9)
    ]
    assert not leaver.user.is_active
    assert not Person.objects.active().contains(leaver)
    waiting = Message.objects.filter(person=leaver, state=MessageState.PLANNED)
    assert not waiting.exists()


def test_today_asks_the_coordinators_of_both_countries_and_leads_to_the_handing_over(
    leaver, as_user
):
    page = reverse("action_handover", args=[leaver.pk])
    asked = {
        code: [n.title for n in needs.of(coordinator(code), NOON) if n.url == page]
        for code in ("es", "it", "bg")
    }

    [need] = [n for n in needs.of(coordinator("es"), NOON) if n.url == page]
    assert "had promised them: who does them now?" in need.sentence
    assert asked == {"es": ["2 actions are nobody's"], "it": ["1 action is nobody's"], "bg": []}
    assert as_user(coordinator("es")).get(page).status_code == 200


def test_the_leaver_told_what_should_stay(leaver, as_user):
    story = Story.objects.get(teller=leaver)

    page = as_user(coordinator("bg")).get(reverse("story_list"), {"occasion": "leaving"})

    assert story.occasion == Occasion.LEAVING
    assert story.told_on < ANCHOR - timedelta(days=9)
    assert story.title in page.content.decode()


def test_who_leaves_in_three_weeks_is_asked_what_should_stay(leaver, as_user):
    soon = User.objects.get(email=f"{leaving.LEAVES_SOON}@demo.example")

    [need] = [one for one in needs.of(soon, NOON) if "what should stay" in one.title]

    assert need.due == NOON + timedelta(days=21)
    assert as_user(soon).get(need.url).status_code == 200
