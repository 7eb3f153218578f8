"""A charter in force is accepted; what charters wait for stands on Today."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.needs import told
from cop_platform.common.refusals import NotPossible
from experts.enums import CharterState, Role
from experts.models import Charter
from practices.domain.forming import accepting
from practices.domain.forming import needs as own
from tests import factories as make
from tests.practices.forming import world
from tests.practices.forming.world import cast

pytestmark = pytest.mark.django_db


def titles(user, at=make.NOW) -> list[str]:
    """What waits, but the pulse of the quarter, which waits for everybody."""
    return [n.title for n in needs.of(user, at) if n.url != reverse("health_pulse")]


def test_accepting_waits_on_the_first_page_until_it_is_done():
    charter, user = world.charter(), make.user()
    assert "Accept the charter of CoP Bulgaria" in titles(user)

    for _ in range(2):
        accepting.accept(charter_id=charter.pk, by=user, at=make.NOW)

    assert "Accept the charter of CoP Bulgaria" not in titles(user)
    assert charter.acceptances.count() == 1


def test_a_new_version_is_accepted_anew():
    charter, user = world.charter(), make.user()
    accepting.accept(charter_id=charter.pk, by=user, at=make.NOW)
    Charter.objects.filter(pk=charter.pk).update(state=CharterState.SUPERSEDED)
    world.charter(version=2)

    assert "Accept the charter of CoP Bulgaria" in titles(user)


def test_a_draft_is_not_accepted():
    with pytest.raises(NotPossible):
        accepting.accept(charter_id=world.draft().pk, by=make.user(), at=make.NOW)


def test_an_open_vote_waits_for_members_who_have_not_voted():
    charter, user = world.voting(), make.user()
    assert "Vote on the charter of CoP Bulgaria" in titles(user)

    cast(charter, user=user)

    assert titles(user) == []


def test_a_review_day_that_passed_waits_for_the_coordinator_alone():
    world.charter(review_on=date(2026, 11, 1))

    title = "Look at the charter of CoP Bulgaria again"
    assert title in titles(make.user(Role.COORDINATOR))
    assert title not in titles(make.user(Role.EXPERT))
    assert title not in titles(make.user(Role.COORDINATOR, "IT"))


def test_what_charters_wait_for_takes_one_question(django_assert_num_queries):
    world.charter("BG", review_on=date(2026, 11, 1))
    user = make.user(Role.PROJECT_MANAGER)
    assert user.person
    assert user.access
    for code in ("BG", "IT", "ES"):
        with django_assert_num_queries(1):
            told([own.of], user, make.NOW)
        world.proposal(code)
