"""What stands between a person and a review. The proposal heeds all of it; by hand one may ask
somebody who is away or has enough to do, but nobody with a conflict or without the language.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import say_day
from experts.models import Person
from feedback.reviews.domain import conflicts
from feedback.reviews.domain.panel.shapes import Expert, Item
from feedback.reviews.models import ReviewRound

# A review takes an evening and the night after it: this many free days are enough.
DAYS_NEEDED = 3
ONE_DAY = timedelta(days=1)


class Obstacle(StrEnum):
    """Why somebody is not proposed, in the order in which it is asked."""

    ASKED = "asked"
    CONFLICT = "conflict"
    LANGUAGE = "language"
    AWAY = "away"
    FULL = "full"


# Nobody with one of these is asked, whoever wants it.
HARD = frozenset({Obstacle.ASKED, Obstacle.CONFLICT, Obstacle.LANGUAGE})


class Barred(NotPossible):
    """A conflict of interest, or a language the person does not read, forbids it."""


def obstacle(expert: Expert, item: Item) -> Obstacle | None:
    """The first thing that speaks against asking this expert, None when nothing does."""
    if expert.key in item.asked:
        return Obstacle.ASKED
    if expert.key in item.barred:
        return Obstacle.CONFLICT
    if item.language not in expert.languages:
        return Obstacle.LANGUAGE
    if not is_free(expert, item.today, item.due_on):
        return Obstacle.AWAY
    if expert.load >= expert.most:
        return Obstacle.FULL
    return None


def is_free(expert: Expert, today: date, due_on: date) -> bool:
    """Whether somebody is here today and for a few days before the due day."""
    if expert.away_from is None and expert.away_until is None:
        return True
    start = expert.away_from or date.min
    end = expert.away_until or date.max
    if start <= today <= end:
        return False
    days = range((due_on - today).days + 1)
    free = sum(not start <= today + n * ONE_DAY <= end for n in days)
    return free >= min(DAYS_NEEDED, len(days))


def words(expert: Expert, item: Item, found: Obstacle, language: str) -> str:
    """The obstacle as a coordinator reads it beside a name; `language` is the edition's name."""
    if found is Obstacle.CONFLICT:
        return " · ".join(item.barred[expert.key])
    if found is Obstacle.LANGUAGE and not expert.languages:
        return _("has not said which languages they read")
    if found is Obstacle.AWAY and expert.away_until and expert.away_from is not None:
        days = {"from": say_day(expert.away_from), "until": say_day(expert.away_until)}
        return _("is away from %(from)s to %(until)s") % days
    sentences = {
        Obstacle.ASKED: _("was asked already"),
        Obstacle.LANGUAGE: _("does not read %(language)s") % {"language": language},
        Obstacle.AWAY: _("is away"),
        Obstacle.FULL: _("has %(n)d open reviews and takes %(most)d")
        % {"n": expert.load, "most": expert.most},
    }
    return sentences[found]


def check(review_round: ReviewRound, people: Iterable[Person]) -> None:
    """Raises Barred, with the names and the reasons, for whom nobody may ask.

    Where experts accept first, somebody whose languages are not known may be asked by hand: the
    language is asked before the file is shown.
    """
    people = list(people)
    version = review_round.version
    against = conflicts.of(version, people)
    for person in people:
        unknown = not person.languages and review_round.accept_first
        if version.language not in person.languages and not unknown:
            against.setdefault(person.pk, []).append(
                _("does not read %(language)s") % {"language": version.get_language_display()}
            )
    names = {person.pk: person.name for person in people}
    told = [f"{names[key]}: {' · '.join(reasons)}" for key, reasons in against.items()]
    if told:
        raise Barred(_("This cannot be: %(reasons)s.") % {"reasons": "; ".join(sorted(told))})
