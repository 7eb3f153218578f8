"""What the consent pages of a group show: who answered what, and what is still to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.consenting import consent_texts, participants
from feedback.focus_groups.domain.consenting.consents import ASKED_IN_GROUPS
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import Consent, ConsentText, FocusGroup, Participant

# A name short enough for a column, for people who know the texts.
SHORT: dict[Purpose, Promise] = {
    Purpose.NOTES: pgettext_lazy("what somebody agrees to", "Notes"),
    Purpose.QUOTES: pgettext_lazy("what somebody agrees to", "Quotes"),
    Purpose.RECORDING: pgettext_lazy("what somebody agrees to", "Recording"),
    Purpose.VOICE: pgettext_lazy("what somebody agrees to", "Voice message"),
}


@dataclass(frozen=True)
class Answer:
    """How somebody answered to a purpose: a word with the look and icon of a chip."""

    purpose: str
    label: str
    kind: str
    icon: str
    is_open: bool


@dataclass(frozen=True)
class Row:
    """A participant in the list, with the answers in the order the purposes are asked."""

    participant: Participant
    answers: tuple[Answer, ...]
    needs_guardian: bool

    @property
    def is_open(self) -> bool:
        """Whether something was not asked yet."""
        return any(answer.is_open for answer in self.answers)


@dataclass(frozen=True)
class Asked:
    """One purpose as it is read to a participant; `erases` lines go with a no."""

    purpose: str
    label: str
    text: ConsentText
    direction: str
    is_translated: bool
    answer: Answer
    was_read_aloud: bool
    is_final: bool
    erases: int


@dataclass(frozen=True)
class PurposeCount:
    """How many of a group said yes to a purpose and still do, and how many were asked."""

    label: str
    agreed: int
    answered: int


@dataclass(frozen=True)
class Summary:
    """A group's consents in numbers, for its own people."""

    people: int
    purposes: tuple[PurposeCount, ...]
    unasked: int
    without_guardian: tuple[str, ...]


def short(purpose: str) -> str:
    """The short name of a purpose."""
    return str(SHORT[Purpose(purpose)])


def rows(group: FocusGroup) -> list[Row]:
    """The participants of a group by the number of their code. Two queries."""
    people = list(group.participants.prefetch_related("consents"))
    return [_row(person) for person in participants.in_order(people)]


def summary(found: Iterable[Row]) -> Summary:
    """The numbers of these rows; erased people are counted nowhere but in `people`."""
    here = list(found)
    standing = [row for row in here if not row.participant.erased_on]
    counts = []
    for place, purpose in enumerate(ASKED_IN_GROUPS):
        answers = [row.answers[place] for row in standing]
        counts.append(
            PurposeCount(
                label=short(purpose),
                agreed=sum(answer.kind == "ok" for answer in answers),
                answered=sum(not answer.is_open for answer in answers),
            )
        )
    return Summary(
        people=len(here),
        purposes=tuple(counts),
        unasked=sum(row.is_open for row in standing),
        without_guardian=tuple(row.participant.code for row in standing if row.needs_guardian),
    )


def asked(participant: Participant) -> list[Asked]:
    """What is read to a participant, purpose by purpose, in their language."""
    texts = consent_texts.all_current()
    given = {consent.purpose: consent for consent in participant.consents.all()}
    lines = participant.quotes.filter(words_deleted_on=None).count()
    return [
        _asked(purpose, texts[purpose], given.get(purpose), participant, lines)
        for purpose in ASKED_IN_GROUPS
    ]


def may_see(user: User, group: FocusGroup) -> bool:
    """Consents are shown to those who hear what is said."""
    return permissions.may_hear.allows(user, group.country_id)


def _asked(
    purpose: str,
    texts: dict[str, ConsentText],
    consent: Consent | None,
    participant: Participant,
    lines: int,
) -> Asked:
    text = texts.get(participant.language) or texts[consent_texts.FIRST]
    return Asked(
        purpose=purpose,
        label=short(purpose),
        text=text,
        direction=direction(text.language),
        is_translated=participant.language in {"", text.language},
        answer=_answer(purpose, consent),
        was_read_aloud=bool(consent and consent.was_read_aloud),
        is_final=bool(consent and consent.withdrawn_on),
        erases=lines if purpose == Purpose.NOTES and consent and consent.holds else 0,
    )


def direction(language: str) -> str:
    """The `dir` of a consent text."""
    return guest_words.direction(language) if guest_words.known(language) else "ltr"


def _row(person: Participant) -> Row:
    given = {consent.purpose: consent for consent in person.consents.all()}
    return Row(
        participant=person,
        answers=tuple(_answer(p, given.get(p)) for p in ASKED_IN_GROUPS),
        needs_guardian=person.is_minor and not person.guardian_agreed,
    )


def _answer(purpose: str, consent: Consent | None) -> Answer:
    name = short(purpose)
    if consent is None:
        return Answer(name, _("Not asked yet"), "quiet", "question", is_open=True)
    if consent.withdrawn_on:
        return Answer(name, _("Taken back"), "warn", "x", is_open=False)
    if consent.is_given:
        return Answer(name, _("Yes"), "ok", "check", is_open=False)
    return Answer(name, _("No"), "quiet", "x", is_open=False)
