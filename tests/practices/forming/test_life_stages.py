"""The life stage of a community is suggested with reasons, and confirmed by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.enums import CharterState, Role
from practices.domain.forming import stage_figures, staging
from practices.domain.forming.life_stages import TENSIONS, Figures, suggest
from practices.enums import LifeStage
from practices.models import StageDecision
from tests import factories as make
from tests.practices.forming import world

STEADY = Figures(sessions=20, core=4, topics=4, topics_before=4, members=9, members_before=9)
_SHARES = st.none() | st.floats(0, 1)
FIGURES = st.builds(
    Figures,
    sessions=st.integers(0, 80),
    core=st.integers(0, 20),
    topics=st.integers(0, 12),
    topics_before=st.integers(0, 12),
    members=st.integers(0, 60),
    members_before=st.integers(0, 60),
    rhythm=st.floats(0, 1),
    adoptions=st.integers(0, 10),
    participation=st.tuples(_SHARES, _SHARES, _SHARES),
)


@pytest.mark.parametrize(
    ("figures", "stage"),
    [
        (Figures(), LifeStage.POTENTIAL),
        (replace(STEADY, sessions=2), LifeStage.POTENTIAL),
        (replace(STEADY, core=2), LifeStage.COALESCING),
        (replace(STEADY, members=12), LifeStage.MATURING),
        (replace(STEADY, topics=5), LifeStage.MATURING),
        (STEADY, LifeStage.MATURING),
        (replace(STEADY, rhythm=0.7, adoptions=3), LifeStage.STEWARDSHIP),
        (replace(STEADY, rhythm=0.69, adoptions=3), LifeStage.MATURING),
        (replace(STEADY, rhythm=0.9, adoptions=2), LifeStage.MATURING),
        (replace(STEADY, participation=(0.4, 0.6, 0.9)), LifeStage.TRANSFORMATION),
        (replace(STEADY, participation=(0.5, 0.6, 0.9)), LifeStage.MATURING),
        (replace(STEADY, participation=(None, 0.6, 0.9)), LifeStage.MATURING),
    ],
)
def test_each_rule_speaks_for_its_stage(figures, stage):
    assert suggest(figures).stage == stage


@given(FIGURES)
def test_every_suggestion_has_a_reason_and_a_tension(figures):
    found = suggest(figures)

    assert found.reasons
    assert all(found.reasons)
    assert found.tension == TENSIONS[found.stage]


@given(FIGURES)
def test_under_three_sessions_nothing_else_matters(figures):
    assert (suggest(figures).stage == LifeStage.POTENTIAL) is (figures.sessions < 3)


@given(FIGURES, st.integers(1, 5))
def test_more_adoptions_never_lead_away_from_stewardship(figures, more):
    if suggest(figures).stage == LifeStage.STEWARDSHIP:
        later = replace(figures, adoptions=figures.adoptions + more)
        assert suggest(later).stage == LifeStage.STEWARDSHIP


@given(st.lists(st.integers(1, 60), min_size=2, max_size=12))
def test_rhythm_lies_between_chaos_and_a_clock(gaps):
    days = [date(2026, 1, 1)]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))

    found = stage_figures.rhythm(days)

    assert 0 <= found <= 1
    assert (found == 1) is (len(set(gaps)) == 1)


@pytest.mark.django_db
def test_moving_the_clock_changes_the_suggestion():
    cop = make.cop(make.country())
    by = make.user(Role.COORDINATOR)
    for day in (3, 10, 17):
        make.cop_session(by=by, day=date(2026, 12, day))

    stages = [
        suggest(stage_figures.read(cop, at)).stage
        for at in (make.NOW, make.NOW + timedelta(days=30))
    ]

    assert stages == [LifeStage.POTENTIAL, LifeStage.COALESCING]


@pytest.mark.django_db
def test_figures_are_read_from_what_happened():
    charter = world.charter(topics=("One",), state=CharterState.SUPERSEDED)
    world.charter(version=2, topics=("One", "Two"))
    by = make.user(Role.COORDINATOR)
    session = make.cop_session(by=by)
    guests = [make.invitation(session, make.person()) for _ in range(4)]
    type(guests[0]).objects.filter(pk=guests[0].pk).update(answer="yes", answered_at=make.NOW)

    figures = stage_figures.read(charter.cop, make.NOW + timedelta(days=5))

    assert (figures.sessions, figures.topics, figures.topics_before) == (1, 2, 1)
    assert figures.participation == (0.25, None, None)
    assert figures.members == figures.members_before == 5


@pytest.mark.django_db
def test_the_suggestion_is_confirmed_with_its_figures():
    cop = make.cop(make.country())

    made = staging.decide(
        cop_id=cop.pk,
        stage=LifeStage.POTENTIAL,
        why="",
        by=make.user(Role.COORDINATOR),
        at=make.NOW,
    )

    assert (made.stage, made.suggested) == (LifeStage.POTENTIAL, LifeStage.POTENTIAL)
    assert suggest(Figures(**made.figures)).stage == LifeStage.POTENTIAL


@pytest.mark.django_db
def test_another_stage_needs_a_reason_that_stays_in_the_history(as_user):
    url = reverse("life_stage", args=[make.cop(make.country()).pk])
    client = as_user(make.user(Role.COORDINATOR))

    refused = client.post(url, {"stage": "maturing"}).content.decode()
    assert "say why it is this one" in refused
    assert not StageDecision.objects.exists()
    client.post(url, {"stage": "maturing", "why": "We met for years before."})

    assert "We met for years before." in client.get(url).content.decode()


@pytest.mark.django_db
def test_members_read_the_stage_and_do_not_decide_it(as_user):
    cop = make.cop(make.country())
    client = as_user(make.user())
    url = reverse("life_stage", args=[cop.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"stage": "potential"}).status_code == 403
    with pytest.raises(Refused):
        staging.decide(cop_id=cop.pk, stage="potential", why="", by=make.user(), at=make.NOW)
