"""The light of one round as its pages show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from experts.models import Person, User
from feedback.reviews import marks
from feedback.reviews.domain.panel import eligibility, gathering, scoring, standing
from feedback.reviews.domain.panel.gathering import Board
from feedback.reviews.domain.panel.standing import Light
from feedback.reviews.models import ReviewRound


@dataclass(frozen=True)
class Choice:
    """Somebody on the page where experts are chosen: why they fit, or why they cannot be asked.

    `warning` is what a coordinator should know and may overrule: away, or enough to do already.
    """

    person: Person
    reasons: tuple[str, ...]
    points: int = 0
    warning: str = ""


@dataclass(frozen=True)
class Choices:
    """Who may be asked, the best first within each country; who may not, and why."""

    fitting: tuple[Choice, ...]
    barred: tuple[Choice, ...]


def of(review_round: ReviewRound, user: User, today: date, chosen: Collection[int] = ()) -> Light:
    """The light of a round `with_version`, as if the `chosen` people (ids) were on its panel."""
    board = gathering.board([review_round], user, today)
    return light(review_round, board, chosen)


def light(review_round: ReviewRound, board: Board, chosen: Collection[int] = ()) -> Light:
    """The same out of a board of this one round."""
    item = board.items[0]
    more = tuple(e for e in board.pool if e.key in chosen and e.key not in item.asked)
    policy = review_round.policy
    return standing.light(
        replace(item, members=(*item.members, *more)),
        board.countries,
        language=board.languages[item.key],
        pool=board.pool,
        pass_marks=marks.read(policy.rules if policy else None),
    )


def choices(board: Board, *, accept_first: bool = False) -> Choices:
    """Everybody of a board of one round who was not asked yet.

    Where experts accept first, somebody who never said what they read may be asked by hand.
    """
    item = board.items[0]
    fitting, barred = [], []
    for expert in board.pool:
        if expert.country not in item.countries or expert.key in item.asked:
            continue
        found = eligibility.obstacle(expert, item)
        unknown = accept_first and not expert.languages and found == eligibility.Obstacle.LANGUAGE
        language = board.languages[item.key]
        said = eligibility.words(expert, item, found, language) if found else ""
        if found in eligibility.HARD and not unknown:
            barred.append(Choice(board.people[expert.key], (said,)))
            continue
        reasons = scoring.reasons(expert, item, language)
        if unknown:
            reasons = reasons[1:]
        points = scoring.rank(expert, item)
        fitting.append(Choice(board.people[expert.key], reasons, points, said))
    fitting.sort(key=lambda c: (_country(c), bool(c.warning), -c.points, c.person.name))
    return Choices(tuple(fitting), tuple(barred))


def _country(choice: Choice) -> str:
    return choice.person.country.code if choice.person.country else ""
