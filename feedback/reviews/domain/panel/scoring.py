"""How well somebody fits a round, in points and in words: one rule for proposals and substitutes.

Points add up; the load is kept apart, since a proposal gives several reviews to one person and
each further one weighs more.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.enums import Profession
from feedback.reviews.domain.panel.professions import FITS_AUDIENCE, FITS_TYPE
from feedback.reviews.domain.panel.shapes import Expert, Item

# Who knows the version before sees at once what became of it: the same panel is asked first.
BEFORE = 40
TOPIC = 12
AUDIENCE = 12
TYPE = 6
# A point for each of so many years, up to a limit: experience beyond it makes no better reader.
YEARS_A_POINT, MOST_YEARS = 5, 20
# What the next open review costs, times its number: 10, then 20, then 30.
LOAD = 10
# Words shorter than this say nothing of a topic.
_WORD = 5


@dataclass(frozen=True)
class Fit:
    """Points, the more the better, and the reasons in words."""

    points: int
    reasons: tuple[str, ...]


def fit(expert: Expert, item: Item, language: str) -> Fit:
    """How an expert who may be asked fits; `language` is the name of the edition's language."""
    return Fit(points(expert, item), reasons(expert, item, language))


def points(expert: Expert, item: Item) -> int:
    """The points without words, for many pairs at once."""
    found = min(expert.years, MOST_YEARS) // YEARS_A_POINT
    if expert.key in item.before:
        found += BEFORE
    if knows_topic(expert, item):
        found += TOPIC
    if expert.profession in FITS_AUDIENCE.get(item.audience, ()):  # type: ignore[call-overload]
        found += AUDIENCE
    if expert.profession in FITS_TYPE.get(item.type, ()):  # type: ignore[call-overload]
        found += TYPE
    return found


def reasons(expert: Expert, item: Item, language: str) -> tuple[str, ...]:
    """Why this expert: what they read, what they are, what they know, how much they have to do."""
    found = [_("reads %(language)s") % {"language": language}]
    found.append(str(Profession(expert.profession).label).lower())
    if expert.key in item.before:
        found.append(_("was on the panel of the version before"))
    if knows_topic(expert, item):
        found.append(_("knows the topic: %(topic)s") % {"topic": expert.topics})
    if expert.years >= YEARS_A_POINT:
        found.append(
            ngettext("%(n)d year of work", "%(n)d years of work", expert.years)
            % {"n": expert.years}
        )
    found.append(load_words(expert))
    return tuple(found)


def load_words(expert: Expert) -> str:
    """In how many open rounds somebody was asked; what of it is done stays unsaid."""
    if not expert.load:
        return _("has no other review to write")
    text = ngettext(
        "was asked in %(n)d other open round", "was asked in %(n)d other open rounds", expert.load
    )
    return text % {"n": expert.load}


def rank(expert: Expert, item: Item) -> int:
    """Points less what the load takes, for a list of single people."""
    return points(expert, item) - LOAD * expert.load


def knows_topic(expert: Expert, item: Item) -> bool:
    """Whether a word of the title stands in what somebody wants to be asked about."""
    return bool(_words(item.title) & _words(expert.topics))


def _words(text: str) -> set[str]:
    return {word for word in text.lower().split() if len(word) >= _WORD}
