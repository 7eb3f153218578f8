"""A project manager's own words for mails: looked at, tried out, kept version by version."""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit, mail_blocks, mail_texts, mail_words, mails, message_kinds, outbox
from experts.domain.mail_words import Look, Value
from experts.domain.message_kinds import Mail, MessageKind
from experts.models import MailText, Message, User

TEST_KIND = "mail_test"


class Overtaken(NotPossible):
    """Somebody saved other words meanwhile."""


@dataclass(frozen=True)
class Line:
    """The words of a kind in one language, in a list; `text` is empty where ours are in use."""

    language: str
    label: str
    text: MailText | None


@dataclass(frozen=True)
class Version:
    """One version, and its lines beside those of the version before: "+", "-" or " " first."""

    text: MailText
    changes: list[tuple[str, str]]
    in_use: bool


@dataclass(frozen=True)
class Preview:
    """A mail in certain words; `about` names what it tells of, empty when that is made up."""

    mail: Mail
    about: str


def find(kind: str, language: str) -> MessageKind | None:
    """The kind of that name, if its words can be edited in this language."""
    if language not in dict(settings.MAIL_LANGUAGES):
        return None
    return next((found for found in message_kinds.written() if found.name == kind), None)


def overview() -> list[tuple[MessageKind, list[Line]]]:
    """Each kind with its line for every language."""
    newest, languages = _newest(), settings.MAIL_LANGUAGES
    return [
        (kind, [Line(code, str(label), newest.get((kind.name, code))) for code, label in languages])
        for kind in message_kinds.written()
    ]


def _newest() -> Mapping[tuple[str, str], MailText]:
    rows = MailText.objects.order_by("version").select_related("written_by")
    newest = {(text.kind, text.language): text for text in rows}
    return {key: text for key, text in newest.items() if text.body}


def versions(kind: str, language: str) -> list[Version]:
    """All versions, the newest first, each beside the one before it."""
    rows = MailText.objects.filter(kind=kind, language=language).select_related("written_by")
    newest_first = list(rows.order_by("-version"))
    found, before = [], mail_texts.standard(kind, language)
    for text in reversed(newest_first):
        now = (text.subject, text.body) if text.body else mail_texts.standard(kind, language)
        found.append(Version(text, _changes(before, now), text is newest_first[0]))
        before = now
    return found[::-1]


def _changes(before: tuple[str, str], now: tuple[str, str]) -> list[tuple[str, str]]:
    def lines(words: tuple[str, str]) -> list[str]:
        return [words[0], "", *words[1].splitlines()]

    compared = difflib.ndiff(lines(before), lines(now))
    return [(line[0], line[2:]) for line in compared if not line.startswith("?")]


def current(kind: str, language: str) -> tuple[int, str, str]:
    """Version, subject and body in use; version 0 before the first edit."""
    text = MailText.objects.filter(kind=kind, language=language).order_by("-version").first()
    if text is None:
        return (0, *mail_texts.standard(kind, language))
    if not text.body:
        return (text.version, *mail_texts.standard(kind, language))
    return text.version, text.subject, text.body


def save(
    *, kind: str, language: str, version: int, subject: str, body: str, by: User, at: datetime
) -> MailText:
    """The next version of the words; `version` is the one they were written on top of.

    Raises Refused, BadWords for words that cannot be used, Overtaken.
    """
    permissions.may_write_mail_texts(by)
    mail_words.check(subject, body, message_kinds.words(kind).placeholders)
    return _append(kind, language, version, subject, body, by=by, at=at)


def back_to_standard(*, kind: str, language: str, by: User, at: datetime) -> None:
    """A version without words of its own: mails say again what the platform came with."""
    permissions.may_write_mail_texts(by)
    version, _subject, _body = current(kind, language)
    _append(kind, language, version, "", "", by=by, at=at)


def use_again(*, kind: str, language: str, version: int, by: User, at: datetime) -> None:
    """An old version's words as the newest version.

    Raises Refused, NotPossible for one that does not exist or names what is no longer filled in.
    """
    permissions.may_write_mail_texts(by)
    old = MailText.objects.filter(kind=kind, language=language, version=version).first()
    if old is None:
        raise NotPossible(_("There is no such version."))
    if old.body:
        mail_words.check(old.subject, old.body, message_kinds.words(kind).placeholders)
    newest, _subject, _body = current(kind, language)
    _append(kind, language, newest, old.subject, old.body, by=by, at=at)


def _append(
    kind: str, language: str, version: int, subject: str, body: str, *, by: User, at: datetime
) -> MailText:
    try:
        with transaction.atomic():
            text = MailText.objects.create(
                kind=kind,
                language=language,
                version=version + 1,
                subject=" ".join(subject.split()),
                body=body.strip(),
                written_by=by.person,
                written_at=at,
            )
            audit.record(
                deed="mail words changed",
                about=text,
                by=by,
                at=at,
                kind=kind,
                language=language,
                version=text.version,
            )
    except IntegrityError as error:
        raise Overtaken(
            _("Somebody saved other words meanwhile. Compare them below; yours are still here.")
        ) from error
    mail_texts.forget()
    return text


def preview(
    *, kind: str, language: str, subject: str, body: str, by: User, at: datetime
) -> Preview:
    """A mail in these words about the newest object this user sees, written to the user.

    Raises BadWords. Nothing is stored, and the mail's links open nothing.
    """
    found = message_kinds.get(kind)
    example = found.example(by, at) if found.example else None
    with mail_texts.trying(kind, language, subject, body), translation.override(language):
        if example is None:
            return Preview(mails.write(kind, _made_up(found)), "")
        message = Message(
            kind=kind,
            object_id=0,
            person=by.person,
            language=language,
            zone=by.person.zone,
            payload=example.payload,
            created_at=at,
        )
        return Preview(found.render(message, example.about, at), example.said)


def _made_up(kind: MessageKind) -> dict[str, Value]:
    """For each placeholder what it stands for, in square brackets."""
    known = kind.words.placeholders if kind.words else ()
    return {
        placeholder.name: (
            mail_blocks.sentence(f"[{placeholder.meaning}]")
            if placeholder.look is Look.BLOCK
            else f"[{placeholder.meaning}]"
        )
        for placeholder in known
    }


def send_test(
    *, kind: str, language: str, subject: str, body: str, once: uuid.UUID, by: User, at: datetime
) -> None:
    """Sends a mail in these words to the user's own address, at once; the same `once` once.

    Raises Refused, BadWords.
    """
    permissions.may_write_mail_texts(by)
    mail = preview(kind=kind, language=language, subject=subject, body=body, by=by, at=at).mail
    marked = _("[Test] %(subject)s") % {"subject": mail.subject}
    outbox.plan(
        kind=TEST_KIND,
        object_id=by.person.pk,
        person=by.person,
        due_at=at,
        key=f"{TEST_KIND}:{by.person.pk}:{once}",
        at=at,
        payload={"subject": marked, "text": mail.text, "html": mail.html},
    )


def _write_test(message: Message, _about: object, _at: datetime) -> Mail:
    return Mail(**message.payload)


def register() -> None:
    """Makes the test mail known to the outbox."""
    message_kinds.register(
        MessageKind(
            name=TEST_KIND,
            label=gettext_lazy("Test of a mail's words"),
            load=message_kinds.one_by_one(lambda message: message.payload or None),
            still_true=lambda _message, _payload, _at: True,
            render=_write_test,
        )
    )
