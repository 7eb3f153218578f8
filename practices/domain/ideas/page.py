"""What the list and the page of ideas show, told for the person who looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from experts import reference
from experts.models import User
from practices import permissions
from practices.domain.ideas import acting, clock, lineage, own, voting
from practices.domain.ideas.clock import Chip
from practices.domain.ideas.lineage import Lineage
from practices.enums import IdeaState, Outcome
from practices.models import Experiment, Idea, IdeaNote, IdeaStep
from sessions.models import ActionItem

_OUTCOMES = {
    Outcome.OPEN: ("info", "clock"),
    Outcome.HELD: ("ok", "check"),
    Outcome.PARTLY: ("warn", "minus"),
    Outcome.FAILED: ("bad", "x"),
}


@dataclass(frozen=True)
class Row:
    """An idea in the list."""

    url: str
    title: str
    country: str
    topic: str
    added_on: date
    votes: int
    state: Chip
    clock: Chip


def rows(ideas: Iterable[Idea], today: date) -> list[Row]:
    """Of ideas as `finding.apply` gives them; asks nothing."""
    return [
        Row(
            url=idea.get_absolute_url(),
            title=idea.title,
            country=reference.code(idea.country_id),
            topic=idea.topic.name if idea.topic else "",
            added_on=idea.added_on,
            votes=idea.votes_n,  # type: ignore[attr-defined]
            state=clock.state(idea),
            clock=clock.left(idea, today),
        )
        for idea in ideas
    ]


@dataclass(frozen=True)
class Test:
    """An experiment card; `is_over` says that its days are past and nobody told the result."""

    experiment: Experiment
    outcome: Chip
    is_over: bool
    may_report: bool


@dataclass(frozen=True)
class Page:
    """One idea."""

    state: Chip
    clock: Chip
    votes: int
    wants: bool
    is_mine: bool
    lineage: Lineage
    merged: list[Idea]
    tests: list[Test]
    steps: list[IdeaStep]
    notes: list[IdeaNote]
    may_edit: bool
    action: ActionItem | None
    may_contribute: bool
    may_answer: bool

    @property
    def may_vote(self) -> bool:
        return self.may_contribute and not self.is_mine


def build(idea: Idea, user: User, today: date) -> Page:
    """Everything the page of an idea says."""
    is_mine = idea.author_id == user.person.pk
    tests = idea.experiments.select_related("owner", "country")
    return Page(
        state=clock.state(idea),
        clock=clock.left(idea, today),
        votes=voting.with_votes(Idea.objects.filter(pk=idea.pk)).get().votes_n,  # type: ignore[attr-defined]
        wants=voting.wants(idea=idea, user=user),
        is_mine=is_mine,
        lineage=lineage.of(idea),
        merged=list(Idea.objects.filter(merged_into=idea).select_related("country", "author")),
        tests=[_test(test, user, today) for test in tests],
        steps=list(idea.steps.exclude(state=IdeaState.NEW).select_related("by")),
        notes=list(idea.notes.all()),
        may_edit=is_mine and own.is_open(idea),
        action=acting.of(idea, user),
        may_contribute=permissions.may_contribute.allows(user),
        may_answer=permissions.may_answer_ideas.allows(user),
    )


def _test(test: Experiment, user: User, today: date) -> Test:
    kind, icon = _OUTCOMES[Outcome(test.outcome)]
    return Test(
        experiment=test,
        outcome=Chip(kind, icon, str(test.get_outcome_display())),
        is_over=test.outcome == Outcome.OPEN and test.ends_on < today,
        may_report=permissions.may_report_test.allows(user, test),
    )
