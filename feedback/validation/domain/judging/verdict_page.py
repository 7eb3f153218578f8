"""A verdict as its page shows it: what is said, why, on which figures, by whom, and what was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from experts.models import Person, User
from feedback.validation import permissions
from feedback.validation.domain.judging import basis, reason_words, verdict_words
from feedback.validation.domain.judging.verdict_words import Chip
from feedback.validation.domain.outcome import figure_rows
from feedback.validation.domain.outcome.figure_rows import FigureTable
from feedback.validation.domain.policy import rules
from feedback.validation.models import Verdict


@dataclass(frozen=True)
class Signature:
    """A person who signed something of it, when, and what that was."""

    said: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Other:
    """Another verdict on the same version in the same country, or one that was taken over."""

    chip: Chip
    sentence: str
    where: str
    url: str


@dataclass(frozen=True)
class Page:
    """One verdict. `table` is None where its figures, beside others, would tell too much."""

    chip: Chip
    where: str
    sentence: str
    proposed: Chip
    is_otherwise: bool
    reasons: tuple[str, ...]
    table: FigureTable | None
    signatures: tuple[Signature, ...]
    history: tuple[Other, ...]
    heirs: tuple[Other, ...]
    may_sign: bool
    may_withdraw: bool
    may_inherit: bool


def build(verdict: Verdict, user: User, today: date) -> Page:
    """From a row of `with_facts`; `today` is the reader's day. Two questions."""
    hidden = bool(verdict.basis.get("is_hidden")) and not user.access.is_manager
    holds = bool(verdict.final_at) and not (verdict.superseded_at or verdict.withdrawn_at)
    waits = not verdict.final_at and not verdict.withdrawn_at
    others = Verdict.objects.visible_to(user).with_facts().exclude(pk=verdict.pk)
    here = others.filter(version=verdict.version_id, country=verdict.country_id)
    return Page(
        chip=verdict_words.chip(verdict, today),
        where=verdict_words.where(verdict.country),
        sentence=verdict_words.holding(verdict, today),
        proposed=verdict_words.chip_of(verdict.proposal),
        is_otherwise=verdict.standing != verdict.proposal,
        reasons=tuple(reason_words.sentences(verdict.reasons, is_hidden=hidden)),
        table=None if hidden else _table(verdict),
        signatures=tuple(_signatures(verdict)),
        history=_others(here, today),
        heirs=_others(others.filter(inherits=verdict.pk), today),
        may_sign=waits and permissions.may_refuse.allows(user, verdict),
        may_withdraw=holds and permissions.may_withdraw.allows(user, verdict),
        may_inherit=holds and permissions.may_confirm.allows(user, verdict.country_id),
    )


def _table(verdict: Verdict) -> FigureTable:
    return figure_rows.of(basis.read(verdict.basis), rules.of(verdict.policy))


def _others(found: Iterable[Verdict], today: date) -> tuple[Other, ...]:
    return tuple(
        Other(
            chip=verdict_words.chip(other, today),
            sentence=verdict_words.holding(other, today),
            where=f"{other.version.get_language_display()} v{other.version.number}",
            url=other.get_absolute_url(),
        )
        for other in found
    )


def _signatures(verdict: Verdict) -> Iterable[Signature]:
    taken = _("took it over for this edition") if verdict.inherits_id else _("signed it")
    yield _signature(taken, verdict.confirmed_by, verdict.confirmed_at)
    if verdict.second_by and verdict.final_at:
        yield _signature(_("signed second"), verdict.second_by, verdict.final_at)
    if verdict.withdrawn_by and verdict.withdrawn_at:
        said = _("withdrew it") if verdict.final_at else _("did not sign")
        yield _signature(said, verdict.withdrawn_by, verdict.withdrawn_at)


def _signature(said: str, person: Person, at: datetime) -> Signature:
    return Signature(said=said, name=person.name, at=at)
