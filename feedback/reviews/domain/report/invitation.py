"""The annex with the letters by which experts are asked: to a session, and to review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Block, Chapter, Heading, Paragraph, Span
from cop_platform.common.reporting.sections import Head, Part, Scope, Section
from cop_platform.common.times import to_wall
from experts.domain import mail_words, message_kinds
from experts.models import MailText
from feedback.reviews.domain import notices as review_notices
from sessions.domain import notices as session_notices

_LETTERS = (review_notices.ASSIGNMENT, session_notices.INVITATION)


@dataclass(frozen=True)
class LetterFacts:
    """A letter as the project manager worded it; all others are as the platform came with them."""

    kind: str
    language: str
    subject: str
    body: str
    since: str


@dataclass(frozen=True)
class InvitationFacts:
    """The letters that were worded anew, as they stood at the end of the period."""

    edited: tuple[LetterFacts, ...]


def collect(scope: Scope) -> InvitationFacts:
    """The newest wording of each letter in each language; none where it was put back."""
    zone = scope.countries[0].zone if scope.countries else "UTC"
    rows = MailText.objects.filter(kind__in=_LETTERS, written_at__lte=scope.until)
    newest = {(row.kind, row.language): row for row in rows.order_by("version")}
    return InvitationFacts(
        tuple(
            LetterFacts(
                kind=row.kind,
                language=row.language,
                subject=row.subject,
                body=row.body,
                since=to_wall(row.written_at, zone).date().isoformat(),
            )
            for _key, row in sorted(newest.items())
            if row.body
        )
    )


def title() -> str:
    return _("Text of the invitations")


def annexes(facts: InvitationFacts, head: Head) -> Iterator[Chapter]:
    """Both letters in the language of the edition."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "These are the letters by which experts are asked to take part. What stands in "
                "braces is filled in for each reader."
            )
        ),
        Heading(_("Asked to review a material")),
        *_letter(facts, review_notices.ASSIGNMENT),
        Heading(_("Asked to a session")),
        *_letter(facts, session_notices.INVITATION),
    ]
    yield Chapter("invitation", title(), tuple(blocks))


def _letter(facts: InvitationFacts, kind: str) -> Iterator[Block]:
    language = mail_words.spoken(get_language())
    edited = [row for row in facts.edited if (row.kind, row.language) == (kind, language)]
    subject, body = message_kinds.words(kind).standard()
    for row in edited:
        subject, body = row.subject, row.body
    yield Paragraph((Span(subject, strong=True),))
    yield from (Paragraph(part) for part in body.split("\n\n") if part.strip())
    for row in edited:
        since = _("Worded so by the project since %(day)s.") % {"day": sayings.day(row.since)}
        yield Paragraph((Span(since, soft=True),))


SECTION = Section(
    key="invitation",
    order=120,
    part=Part.ANNEX,
    title=title,
    facts=InvitationFacts,
    collect=collect,
    annexes=annexes,
)
