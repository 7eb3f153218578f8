"""The weekly digest: one mail a week and person at most, and none where nothing concerns them.

It is planned on Monday for the seven days before, in the transaction of one statement; its key
makes it one. What it says is looked up again when it is sent.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import (
    get_language_bidi,
    gettext_lazy,
    npgettext,
    pgettext,
    pgettext_lazy,
)

from experts.domain import mail_blocks, mail_html, mail_words, message_kinds, outbox
from experts.domain.links import path
from experts.domain.mail_html import EMPTY, Block
from experts.domain.mail_words import NAME, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, Person
from practices.domain.talk import week
from practices.domain.talk.week import Line, Week

KIND = "community_digest"
# On Mondays from this hour (UTC) on; quiet hours then move it on each person's clock.
HOUR = 6
DAYS = timedelta(days=7)
# Things under one heading; the rest stands on the platform.
_MOST = 10
_HEADING = '<h2 style="font-size:16px;margin:20px 0 6px">{}</h2>'
_LINK = '<a href="{}" style="color:#0b5d5e">{}</a>{}'

WORDS = Words(
    subject=pgettext_lazy("mail", "Your week in the community"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "this is what the last seven days brought that concerns you:"),
        "{talks}",
        "{practices}",
        "{ideas}",
        "{questions}",
        "{talk_button}",
    ),
    placeholders=(
        NAME,
        mail_words.block("talks", gettext_lazy("the discussions the reader follows"), needed=True),
        mail_words.block("practices", gettext_lazy("new good practices"), needed=True),
        mail_words.block("ideas", gettext_lazy("new ideas"), needed=True),
        mail_words.block("questions", gettext_lazy("open questions"), needed=True),
        mail_words.button(gettext_lazy("the button that opens all discussions"), "talk_button"),
    ),
)


def plan(at: datetime) -> int:
    """Plans the digests of the week of `at` (UTC); how many. Doing it twice plans none anew."""
    monday = _monday(at)
    prefix = f"{KIND}:{monday:%Y-%m-%d}:"
    if at < monday or Message.objects.filter(kind=KIND, key__startswith=prefix).exists():
        return 0
    members = Person.objects.active().filter(user__is_active=True).select_related("user")
    people = list(members.order_by("pk"))
    found = week.of(people, _since(monday), _until(monday))
    rows = [(person.pk, person, f"{prefix}{person.pk}") for person in people if found[person.pk]]
    if rows:
        payload = {"until": _until(monday).isoformat()}
        not_after = monday + DAYS
        outbox.plan_many(
            kind=KIND, rows=rows, due_at=monday, at=at, payload=payload, not_after=not_after
        )
    return len(rows)


def _monday(at: datetime) -> datetime:
    day = at.astimezone(UTC) - timedelta(days=at.astimezone(UTC).weekday())
    return day.replace(hour=HOUR, minute=0, second=0, microsecond=0)


def _until(monday: datetime) -> datetime:
    return monday.replace(hour=0)


def _since(monday: datetime) -> datetime:
    return _until(monday) - DAYS


def _load(messages: Sequence[Message]) -> dict[int, Week]:
    """What concerns the reader of each digest; digests of the same week are asked about at once."""
    found: dict[int, Week] = {}
    for until in {message.payload.get("until", "") for message in messages} - {""}:
        alike = [message for message in messages if message.payload.get("until") == until]
        end = datetime.fromisoformat(until)
        weeks = week.of([message.person for message in alike], end - DAYS, end)
        found |= {message.pk: weeks[message.person_id] for message in alike}
    return found


def _write(message: Message, about: Week, _at: datetime) -> Mail:
    page = path("talk_list")
    return write(
        KIND,
        {
            "name": message.person.name,
            "talks": _part(pgettext("mail", "Discussions you follow"), about.talks),
            "practices": _part(pgettext("mail", "New good practices"), about.practices),
            "ideas": _part(pgettext("mail", "New ideas"), about.ideas),
            "questions": _part(pgettext("mail", "Questions that wait for help"), about.questions),
            "talk_button": mail_blocks.button(
                settings.BASE_URL + page, pgettext("mail", "See all discussions")
            ),
        },
        link=page,
    )


def _part(heading: str, lines: list[Line]) -> Block:
    if not lines:
        return EMPTY
    shown = mail_blocks.listed([_said(line) for line in lines[:_MOST]])
    return Block(f"{heading}{shown.text}", f"{_HEADING.format(html.escape(heading))}{shown.html}")


def _said(line: Line) -> Block:
    """A title that somebody typed, what is new about it, and where it stands."""
    title = mail_html.inert(line.title, get_language_bidi())
    more = f" ({line.country})" if line.country else ""
    if line.comments:
        counted = npgettext("mail", "%(n)d new comment", "%(n)d new comments", line.comments)
        more = f" ({counted % {'n': line.comments}})"
    link = settings.BASE_URL + line.link
    marked = _LINK.format(html.escape(link), title.html, html.escape(more))
    return Block(f"{title.text}{more}\n  {link}", marked)


def register() -> None:
    """Makes the digest known to the outbox."""
    message_kinds.register(
        MessageKind(
            name=KIND,
            label=gettext_lazy("The week in the community"),
            load=_load,
            still_true=lambda _message, about, _at: bool(about),
            render=_write,
            topic=Topic.NEWS,
            waits=True,
            words=WORDS,
        )
    )
