"""Reads the ideas of a report's countries and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cop_platform.common.reporting.sections import Scope
from cop_platform.common.reporting.unnamed import without_names
from experts.models import Person
from practices.domain.ideas import funnel
from practices.domain.ideas.funnel import Answers, Stage
from practices.enums import IdeaState
from practices.models import Idea, IdeaStep


@dataclass(frozen=True)
class AdoptedFacts:
    """An adopted idea in its author's words, without names; `action` is empty for a practice."""

    title: str
    iso_code: str
    action: str


@dataclass(frozen=True)
class IdeaFacts:
    """The ideas handed in within the period, as they stood at its end.

    `combined` of them grew out of several, `merged` further ones said the same as another one,
    `tested` were put to a test. `newest` is the day of the last one, "" without any.
    """

    ideas: int
    combined: int
    merged: int
    tested: int
    stages: tuple[Stage, ...]
    answers: Answers
    adopted: tuple[AdoptedFacts, ...]
    adopted_ideas: int
    newest: str


def collect(scope: Scope) -> IdeaFacts:
    """Of these countries alone; what happened after the period is left out."""
    handed_in = Idea.objects.filter(
        country__in=scope.country_ids, added_on__range=(scope.start, scope.end)
    )
    standing = handed_in.standing()
    found = list(standing.select_related("country").order_by("added_on", "pk"))
    steps: dict[int, list[tuple[str, object]]] = defaultdict(list)
    told = IdeaStep.objects.filter(idea__in=standing.values("pk"), at__lte=scope.until)
    for pk, state, at in told.order_by("at", "pk").values_list("idea_id", "state", "at"):
        steps[pk].append((state, at))
    states = {i.pk: steps[i.pk][-1][0] if steps[i.pk] else IdeaState.NEW for i in found}
    end = date.fromisoformat(scope.end)
    for idea in found:
        if idea.answered_on and idea.answered_on > end:
            idea.answered_on = None
    adopted = _adopted([i for i in found if states[i.pk] == IdeaState.ADOPTED])
    return IdeaFacts(
        ideas=len(found),
        combined=standing.filter(parents__isnull=False).distinct().count(),
        merged=handed_in.exclude(merged_into=None).count(),
        tested=standing.filter(experiments__starts_on__lte=end).distinct().count(),
        stages=funnel.stages(list(states.values()), list(steps.values())),  # type: ignore[arg-type]
        answers=funnel.answers(found, end),
        adopted=adopted,
        adopted_ideas=len(adopted),
        newest=max((idea.added_on.isoformat() for idea in found), default=""),
    )


def _adopted(ideas: Iterable[Idea]) -> tuple[AdoptedFacts, ...]:
    names = list(Person.objects.order_by("pk").values_list("name", flat=True))
    return tuple(
        AdoptedFacts(
            title=without_names(idea.title, names),
            iso_code=idea.country.iso_code if idea.country else "",
            action=without_names(idea.became_action, names),
        )
        for idea in ideas
    )
