"""A charter is voted on: who may, how often, until when, and what carries it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common import periodic
from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import CharterState, Role
from experts.models import Charter, CharterAcceptance, CharterVote
from practices.domain.forming import voting
from tests import factories as make
from tests.practices.forming import world
from tests.practices.forming.world import cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER_VOTE = make.NOW + 12 * DAY


def test_opening_a_vote_writes_down_who_may_vote_and_the_quorum():
    draft = world.draft()
    by = make.user(Role.COORDINATOR)
    for _ in range(4):
        make.person()
    make.person(code="IT")

    opened = voting.open_vote(charter_id=draft.pk, until=date(2026, 12, 8), by=by, at=make.NOW)

    assert (opened.state, opened.electors, opened.quorum) == ("voting", 5, 3)


@pytest.mark.parametrize("until", [date(2026, 11, 25), date(2027, 3, 1)])
def test_a_vote_of_a_day_or_of_months_is_refused(as_user, until):
    draft = world.draft()

    page = as_user(make.user(Role.COORDINATOR)).post(
        reverse("charter_open", args=[draft.pk]), {"until": until.isoformat()}
    )

    assert page.status_code == 200
    assert Charter.objects.get(pk=draft.pk).state == CharterState.DRAFT


def test_somebody_votes_once_and_may_change_it():
    charter, user = world.voting(), make.user()

    cast(charter, "no", user, remark="Too long")
    cast(charter, "yes", user)

    assert [v.ballot for v in CharterVote.objects.filter(charter=charter)] == ["yes"]


def test_people_of_other_countries_do_not_vote():
    with pytest.raises(Refused):
        cast(world.voting("BG"), user=make.user(Role.EXPERT, "IT"))


def test_a_no_says_what_has_to_change(as_user):
    charter = world.voting(until=date(2099, 1, 1))
    client = as_user(make.user())

    page = client.post(reverse("charter_vote", args=[charter.pk]), {"ballot": "no"})

    assert "what has to change" in page.content.decode()
    assert not charter.votes.exists()


def test_after_the_last_day_nobody_votes():
    charter = world.voting()
    cast(charter, at=make.NOW + 10 * DAY)

    with pytest.raises(NotPossible):
        cast(charter, at=make.NOW + 11 * DAY)


@pytest.mark.parametrize(
    ("yes", "no", "quorum", "carries"),
    [(2, 1, 3, True), (1, 1, 2, False), (2, 0, 3, False), (0, 0, 0, False), (4, 2, 6, True)],
)
def test_the_rule_of_the_vote(yes, no, quorum, carries):
    assert voting.Tally(yes, no, quorum, electors=9).carries is carries


@pytest.mark.parametrize(("electors", "quorum"), [(0, 1), (1, 1), (2, 1), (3, 2), (9, 5)])
def test_the_quorum_is_half_of_the_members(electors, quorum):
    assert voting.quorum_of(electors) == quorum


def test_a_vote_that_carries_puts_the_version_in_force():
    before, charter = world.charter(), world.voting()
    users = [make.user(), make.user()]
    for user in users:
        cast(charter, user=user)

    settled = periodic.run_all(AFTER_VOTE)["charter votes"]

    charter.refresh_from_db()
    before.refresh_from_db()
    assert settled == 1
    assert (charter.state, before.state) == (CharterState.ADOPTED, CharterState.SUPERSEDED)
    assert charter.adopted_on == date(2026, 12, 6)
    assert {a.person.user for a in charter.acceptances.all()} == set(users)
    assert voting.settle_due(AFTER_VOTE) == 0


def test_a_vote_without_quorum_gives_the_draft_back_with_the_figures(as_user):
    world.charter()
    charter = world.voting()
    cast(charter)

    voting.settle_due(AFTER_VOTE)

    charter.refresh_from_db()
    assert (charter.state, charter.adopted_on) == (CharterState.DRAFT, None)
    page = as_user(make.user(Role.COORDINATOR)).get(charter.get_absolute_url()).content.decode()
    assert "1 of 4 members voted: 1 yes, 0 no. It takes 2 votes" in page
    assert "not adopted and is a draft again" in page


def test_a_vote_whose_last_day_goes_on_is_left_alone():
    world.voting()

    assert voting.settle_due(make.NOW + 10 * DAY) == 0


def test_a_failing_adoption_leaves_the_charter_in_force(monkeypatch):
    before, charter = world.charter(), world.voting()
    for _ in range(2):
        cast(charter)
    monkeypatch.setattr(CharterAcceptance.objects, "bulk_create", _broken)

    with pytest.raises(RuntimeError):
        voting.settle_due(AFTER_VOTE)

    charter.refresh_from_db()
    before.refresh_from_db()
    assert (charter.state, before.state) == (CharterState.VOTING, CharterState.ADOPTED)


def _broken(*_args, **_kwargs):
    raise RuntimeError


def test_three_votes_take_as_many_questions_as_one(as_user):
    world.charter()
    charter = world.voting()
    client = as_user(make.user())
    url = charter.get_absolute_url()
    cast(charter, remark="One")
    world.proposal()
    client.get(url)
    before = _count(client, url)
    for _ in range(2):
        cast(charter, remark="More")
        world.proposal()

    assert _count(client, url) == before


def _count(client, url) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)
