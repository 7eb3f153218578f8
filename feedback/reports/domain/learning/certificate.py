"""A certificate of participation or a badge as a document, with the address that checks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common import competences
from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Block,
    Chapter,
    Cover,
    Document,
    Note,
    Paragraph,
    Text,
)
from feedback.reports.domain import assembly
from feedback.reports.domain.facts import sha256
from feedback.reports.domain.learning.document import competence_table, counted_from
from feedback.reports.domain.learning.facts import data
from feedback.validation.domain.proof.participation_facts import said_hours


@dataclass(frozen=True)
class CertificateFacts:
    """What it says, in plain values; `starts_on` and `ends_on` are empty of a badge."""

    name: str
    project: str
    issued_on: str
    starts_on: str
    ends_on: str
    entries: int
    minutes: int
    competences: dict[str, int]
    competence: str
    address: str


def document(facts: CertificateFacts, *, language: str) -> Document:
    """The certificate in this language; the same facts give the same document."""
    with translation.override(language):
        kind = _("Competence badge") if facts.competence else _("Certificate of participation")
        return Document(
            language=language,
            right_to_left=sayings.is_right_to_left(),
            title=kind,
            description=sayings.day(facts.issued_on),
            author=facts.project or kind,
            release=facts.issued_on,
            day=facts.issued_on,
            dataset_sha256=sha256(data(facts)),
            cover=Cover(
                kind=kind,
                title=facts.name,
                subtitle=_about(facts),
                project=facts.project,
                facts=tuple(_lines(facts)),
                check_words=_("Here anybody can check whether it holds."),
                check_address=facts.address,
            ),
            chapters=(Chapter("certificate", kind, tuple(_blocks(facts))),),
            annexes=(),
            labels=assembly.labels(),
        )


def _about(facts: CertificateFacts) -> str:
    if facts.competence:
        return competences.said(facts.competence)
    return sayings.period(facts.starts_on, facts.ends_on)


def _lines(facts: CertificateFacts) -> Iterator[tuple[str, Text]]:
    if facts.competence:
        yield _("Sessions or reviews"), sayings.count(facts.entries)
    else:
        yield _("Sessions"), sayings.count(facts.entries)
        yield _("Hours"), said_hours(facts.minutes)
    yield _("Signed on"), sayings.day(facts.issued_on)


def _blocks(facts: CertificateFacts) -> Iterator[Block]:
    yield Paragraph(_sentence(facts))
    yield Note(counted_from())
    if facts.competences:
        codes = [code for code in competences.NAMES if code in facts.competences]
        yield competence_table([(code, facts.competences[code]) for code in codes])


def _sentence(facts: CertificateFacts) -> str:
    if facts.competence:
        text = ngettext(
            "%(name)s trained this competence in %(n)s session or review: %(competence)s.",
            "%(name)s trained this competence in %(n)s sessions or reviews: %(competence)s.",
            facts.entries,
        )
    else:
        text = ngettext(
            "%(name)s, %(period)s: %(n)s session, %(hours)s hours (%(minutes)s minutes).",
            "%(name)s, %(period)s: %(n)s sessions, %(hours)s hours (%(minutes)s minutes).",
            facts.entries,
        )
    return text % {
        "name": facts.name,
        "n": sayings.count(facts.entries),
        "competence": competences.said(facts.competence),
        "hours": said_hours(facts.minutes),
        "minutes": sayings.count(facts.minutes),
        "period": _about(facts),
    }
