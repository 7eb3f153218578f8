"""The mail that carries what was gathered for a person."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext_lazy, ngettext

from experts.domain import digests, mails, message_kinds, wishes
from experts.domain.digests import Gathered, Line
from experts.domain.message_kinds import Mail, MessageKind
from experts.enums import Topic
from experts.models import Message


def _write(digest: Message, gathered: list[Gathered], at: datetime) -> Mail:
    lines = digests.lines(digest, gathered, at)
    subject = ngettext(
        "%(n)d message for you from the community",
        "%(n)d messages for you from the community",
        len(lines),
    ) % {"n": len(lines)}
    context = {
        "person": digest.person,
        "topics": _by_topic(lines),
        "choices_link": wishes.choices_link(digest.person_id),
    }
    return mails.write("digest", subject, context)


def _by_topic(lines: list[Line]) -> list[dict[str, object]]:
    return [
        {
            "label": topic.label,
            "lines": [
                {"subject": x.subject, "link": settings.BASE_URL + x.link if x.link else ""}
                for x in found
            ],
        }
        for topic, found in groupby(lines, key=lambda line: line.topic)
    ]


def register() -> None:
    """Makes the digest known to the outbox."""
    message_kinds.register(
        MessageKind(
            name=wishes.DIGEST,
            label=gettext_lazy("Digest"),
            load=digests.load,
            still_true=digests.has_news,
            render=_write,
            topic=Topic.ACCOUNT,
            waits=True,
            when_sent=digests.close,
        )
    )
