"""Tests of ideas: planned on a card, ended with a result in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts.models import User
from practices import permissions
from practices.domain import spam
from practices.domain.ideas import rows
from practices.enums import IdeaState
from practices.models import Experiment

_ENDED = frozenset({IdeaState.TRIED, IdeaState.ADOPTED})


@dataclass(frozen=True)
class Card:
    """What is planned: what we believe, what we do, what would show it, from when until when."""

    hypothesis: str
    test: str
    sign: str
    starts_on: date
    ends_on: date


@transaction.atomic
def start(*, idea_id: int, card: Card, by: User, at: datetime) -> Experiment:
    """A test of an idea, which counts as tried from now on; the person who plans it owns it.

    Raises Refused, or NotPossible where the idea is merged or the days are the wrong way round.
    """
    permissions.may_contribute(by)
    idea = rows.locked(idea_id)
    rows.check_stands(idea)
    spam.check(card.hypothesis, card.test, card.sign)
    if card.ends_on < card.starts_on:
        raise NotPossible(_("A test ends on the day it starts, or later."))
    experiment = Experiment.objects.create(
        idea=idea,
        owner=by.person,
        country=by.person.country,
        hypothesis=card.hypothesis,
        test=card.test,
        sign=card.sign,
        starts_on=card.starts_on,
        ends_on=card.ends_on,
    )
    if idea.state not in _ENDED:
        rows.to_state(idea, IdeaState.TRIED, by=by, at=at)
    rows.save(idea, "experiment_started", by=by, at=at)
    return experiment


@transaction.atomic
def report(
    *, experiment_id: int, revision: int, result: str, outcome: str, by: User, at: datetime
) -> Experiment:
    """Says what came of a test; said again it takes the place of what was said.

    Raises Refused, ChangedMeanwhile where somebody else reported meanwhile.
    """
    cards = Experiment.objects.select_for_update(of=("self",)).select_related("owner", "idea")
    experiment = cards.get(pk=experiment_id)
    permissions.may_report_test(by, experiment)
    said = _("Somebody changed this test meanwhile. Look at it again, then save once more.")
    revisions.check(experiment, revision, said)
    spam.check(result)
    experiment.result, experiment.outcome = result, outcome
    experiment.revision += 1
    experiment.save()
    rows.save(rows.locked(experiment.idea_id), "experiment_reported", by=by, at=at)
    return experiment
