"""What a plan of a focus group lacks, told while there is time; plain values, no query, no clock.

Nothing here stops anybody: people who know their group may have good reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.focus_groups.domain.language_names import named
from feedback.focus_groups.domain.planning.group_parts import InterpreterPlan
from feedback.focus_groups.enums import Composition, Voice
from feedback.focus_groups.models import LARGEST, SMALLEST

# Minutes of a talk that are not the guide's: consent, warming up, trying it out, priorities, close.
AROUND_THE_GUIDE = 60


class Weight(StrEnum):
    """A gap, a question that only people can answer, or what is always to be kept in mind."""

    GAP = "gap"
    CHECK = "check"
    REMINDER = "reminder"


@dataclass(frozen=True)
class Warning:
    """A sentence, how much it weighs, and a word by which tests and pages know it."""

    key: str
    weight: Weight
    sentence: str


@dataclass(frozen=True)
class Facts:
    """What is known of a plan. `said_yes` and `came` are people, None where nobody counted.

    `staff_languages` is what moderator and note-taker speak; `untranslated` counts the guide's
    questions that lack a spoken language; `experts_invited` are guests with an account and no
    duty. Lengths are minutes.
    """

    voice: str = Voice.MIGRANT
    composition: str = Composition.MIXED
    languages: tuple[str, ...] = ()
    fewest: int = SMALLEST
    most: int = LARGEST
    said_yes: int | None = None
    came: int | None = None
    has_moderator: bool = True
    has_note_taker: bool = True
    staff_languages: frozenset[str] = frozenset()
    interpreters: tuple[InterpreterPlan, ...] = ()
    untranslated: dict[str, int] = field(default_factory=dict)
    guide_minutes: int = 0
    session_minutes: int = 90
    has_card: bool = True
    card_languages: frozenset[str] = frozenset()
    versions: int = 1
    experts_invited: int = 0


def of(facts: Facts) -> list[Warning]:
    """The warnings of a plan, gaps first, in an order that stays."""
    found = [warning for rule in _RULES for warning in rule(facts)]
    order = list(Weight)
    return sorted(found, key=lambda warning: order.index(warning.weight))


def _gap(key: str, sentence: str) -> Warning:
    return Warning(key, Weight.GAP, sentence)


def _size(facts: Facts) -> Iterable[Warning]:
    if facts.fewest < SMALLEST:
        yield _gap(
            "small plan",
            _("The plan allows fewer than %(n)d people: then it is an interview, not a talk.")
            % {"n": SMALLEST},
        )
    if facts.most > LARGEST:
        yield _gap(
            "large plan",
            _("The plan allows more than %(n)d people: then some never speak.") % {"n": LARGEST},
        )


def _people(facts: Facts) -> Iterable[Warning]:
    if facts.came is not None:
        yield from _who_came(facts.came, facts)
    elif facts.said_yes is not None and facts.said_yes < facts.fewest:
        text = ngettext(
            "%(n)d person has said yes; the group needs at least %(least)d.",
            "%(n)d people have said yes; the group needs at least %(least)d.",
            facts.said_yes,
        )
        yield _gap("few answers", text % {"n": facts.said_yes, "least": facts.fewest})


def _who_came(came: int, facts: Facts) -> Iterable[Warning]:
    numbers = {"n": came, "least": facts.fewest, "most": facts.most}
    if came < facts.fewest:
        text = ngettext(
            "%(n)d person came, fewer than the %(least)d planned: the report has to say so.",
            "%(n)d people came, fewer than the %(least)d planned: the report has to say so.",
            came,
        )
        yield _gap("few came", text % numbers)
    elif came > facts.most:
        text = _("%(n)d people came, more than the %(most)d planned: the report has to say so.")
        yield _gap("many came", text % numbers)


def _staff(facts: Facts) -> Iterable[Warning]:
    if not facts.has_moderator:
        yield _gap("no moderator", _("Nobody moderates yet: give the session a facilitator."))
    if not facts.has_note_taker:
        yield _gap(
            "no note-taker", _("Nobody takes notes yet: who moderates cannot write as well.")
        )


def _languages(facts: Facts) -> Iterable[Warning]:
    if not facts.languages:
        yield _gap("no language", _("Say which languages are spoken in this group."))
    heard = facts.staff_languages.union(*(i.languages for i in facts.interpreters))
    for code in facts.languages:
        if code not in heard:
            text = _("Neither the staff nor an interpreter speaks %(language)s.")
            yield _gap("nobody speaks", text % {"language": named(code)})
    for interpreter in facts.interpreters:
        if not interpreter.is_briefed:
            text = _("%(interpreter)s was not briefed on confidentiality yet.")
            yield _gap("not briefed", text % {"interpreter": interpreter.label})


def _guide(facts: Facts) -> Iterable[Warning]:
    for code in facts.languages:
        missing = facts.untranslated.get(code, 0)
        if missing:
            text = ngettext(
                "%(n)d question of the guide is not translated: %(language)s.",
                "%(n)d questions of the guide are not translated: %(language)s.",
                missing,
            )
            yield _gap("guide not translated", text % {"n": missing, "language": named(code)})
    if facts.guide_minutes + AROUND_THE_GUIDE > facts.session_minutes:
        text = _(
            "The questions take %(guide)d minutes, consent, trying out and closing %(around)d; "
            "the session lasts %(session)d."
        )
        minutes = {
            "guide": facts.guide_minutes,
            "around": AROUND_THE_GUIDE,
            "session": facts.session_minutes,
        }
        yield _gap("too short", text % minutes)


def _table(facts: Facts) -> Iterable[Warning]:
    if not facts.versions:
        yield _gap("no version", _("Choose the versions that are shown: words need an object."))
    if not facts.has_card:
        yield _gap(
            "no card", _("This country has no referral card yet: write where people find help.")
        )
        return
    for code in facts.languages:
        if code not in facts.card_languages:
            text = _("The referral card is not written in this language: %(language)s.")
            yield _gap("card not translated", text % {"language": named(code)})


def _mixing(facts: Facts) -> Iterable[Warning]:
    if facts.voice == Voice.MIGRANT and facts.experts_invited:
        text = ngettext(
            "%(n)d expert is invited without a role: few migrants contradict experts to their "
            "face.",
            "%(n)d experts are invited without a role: few migrants contradict experts to their "
            "face.",
            facts.experts_invited,
        )
        yield _gap("mixed voices", text % {"n": facts.experts_invited})


def _composition(facts: Facts) -> Iterable[Warning]:
    if facts.composition == Composition.WOMEN:
        sentence = _("Women only: are moderator, note-taker and interpreter women as well?")
        yield Warning("women", Weight.CHECK, sentence)
    if facts.composition == Composition.MEN:
        sentence = _("Men only: are moderator, note-taker and interpreter men as well?")
        yield Warning("men", Weight.CHECK, sentence)
    if facts.composition == Composition.YOUNG:
        sentence = _(
            "Young adults only: is everybody 18 or older? Who is younger takes part only when a "
            "guardian has agreed as well."
        )
        yield Warning("under 18", Weight.CHECK, sentence)


def _violence(facts: Facts) -> Iterable[Warning]:
    if facts.voice == Voice.MIGRANT:
        sentence = _(
            "Stories of violence belong in a private talk: thank, stop gently, hand over the "
            "referral card, and go on with the material."
        )
        yield Warning("violence", Weight.REMINDER, sentence)


_RULES: tuple[Callable[[Facts], Iterable[Warning]], ...] = (
    _size,
    _people,
    _staff,
    _languages,
    _guide,
    _table,
    _mixing,
    _composition,
    _violence,
)
