"""What could be done about a weak figure: a suggestion, never an order; goals come first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.domain.health.figure import Figure
from practices.domain.health.goals import Goal

SHOWN = 4


@dataclass(frozen=True)
class Advice:
    """A figure is weak below `limit` (above it with `high`); `route` is a page without a key."""

    limit: float
    text: Any
    route: str
    action: Any
    high: bool = False


@dataclass(frozen=True)
class Suggestion:
    """What could be done, for which figure, and for which goal of the charter if there is one."""

    label: Any
    text: Any
    route: str
    action: Any
    goal: str = ""


# Limits are ours; they need to be set anew when real communities have used them for a year.
ADVICE: dict[str, Advice] = {
    "participation": Advice(
        0.5,
        _("Ask people first which times suit them: a poll takes two minutes."),
        "poll_list",
        _("Ask by a poll"),
    ),
    "reciprocity": Advice(
        0.2,
        _("Bring givers and receivers together: a peer assist lets both sides give."),
        "library_list",
        _("See the methods"),
    ),
    "first_answer": Advice(
        72,
        _("Put new questions to people by name: three who know the topic answer sooner than all."),
        "person_list",
        _("Find who knows"),
        high=True,
    ),
    "waiting": Advice(
        0,
        _("Somebody has waited for a week. Make an open question the case of the next session."),
        "session_list",
        _("Go to the sessions"),
        high=True,
    ),
    "interaction": Advice(
        2,
        _("Answer with a question back, and mention a colleague who has seen such a case."),
        "person_list",
        _("Find a colleague"),
    ),
    "cross_country": Advice(
        0,
        _("Plan one joint session of two countries and mix the groups in it."),
        "session_list",
        _("Go to the sessions"),
    ),
    "ideas_answered": Advice(
        0.8,
        _("An answer within 30 days is promised; “not now, because …” is an answer too."),
        "session_list",
        _("Take them to the next session"),
    ),
    "retention": Advice(
        0.6,
        _("Ask two people who became quiet what would make it worth their time."),
        "person_list",
        _("Look at the members"),
    ),
    "activation": Advice(
        0.5,
        _("Give each newcomer a buddy and one small thing to do in the first two weeks."),
        "person_list",
        _("Look at the members"),
    ),
    "rhythm": Advice(
        0.5,
        _("Plan the next sessions as a series: the same weekday is easier to keep free."),
        "session_list",
        _("Go to the sessions"),
    ),
    "covered": Advice(
        0.75,
        _("Look at the months without a session and plan the next ones now."),
        "health_coverage",
        _("See the months"),
    ),
    "voice": Advice(
        0.4,
        _("Use a method in which everybody speaks: 1-2-4-All takes twenty minutes."),
        "library_list",
        _("See the methods"),
    ),
    "loop": Advice(
        0.5,
        _("Decide on the changes people asked for, and tell them: also a no closes the loop."),
        "quality_board",
        _("See what is open"),
    ),
    "validated": Advice(
        0.5,
        _("Open review rounds for the editions that block a release."),
        "quality_board",
        _("See what is open"),
    ),
    "pulse_useful": Advice(
        3.5,
        _("Ask in the next session which topic of the charter people miss."),
        "session_list",
        _("Go to the sessions"),
    ),
    "pulse_heard": Advice(
        3.5,
        _("Begin the next session with what became of the last suggestions."),
        "session_list",
        _("Go to the sessions"),
    ),
    "pulse_will_use": Advice(
        3.5,
        _("End each session with one thing everybody will try, and ask three weeks later."),
        "session_list",
        _("Go to the sessions"),
    ),
}


def is_weak(figure: Figure) -> bool:
    """Whether there is something to suggest. What is hidden or not counted is never weak."""
    advice = ADVICE.get(figure.indicator.key)
    if advice is None or figure.value is None:
        return False
    return figure.value > advice.limit if advice.high else figure.value < advice.limit


def of(figures: Iterable[Figure], goals: Sequence[Goal] = ()) -> list[Suggestion]:
    """A few suggestions, those that serve a goal of the charter first."""
    wanted = {goal.indicator: goal.title for goal in goals}
    weak = [figure.indicator for figure in figures if is_weak(figure)]
    weak.sort(key=lambda indicator: indicator.key not in wanted)
    return [
        Suggestion(
            label=indicator.label,
            text=ADVICE[indicator.key].text,
            route=ADVICE[indicator.key].route,
            action=ADVICE[indicator.key].action,
            goal=wanted.get(indicator.key, ""),
        )
        for indicator in weak[:SHOWN]
    ]
