"""A withdrawn verdict is told to the author and to those who stand behind the version by name."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds, outbox
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, Person, User
from feedback.validation.models import Verdict

WITHDRAWN = "verdict_withdrawn"

WORDS = Words(
    subject=pgettext_lazy("mail", "The verdict on “{title}” v{number} was withdrawn"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "What was said of “{title}”, version {number}, does not hold any more. The reason:",
        ),
        "{reason}",
        "{verdict_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        Placeholder("number", gettext_lazy("the number of the version")),
        mail_words.block("reason", gettext_lazy("why it was withdrawn"), needed=True),
        mail_words.button(gettext_lazy("the button that opens the verdict"), "verdict_button"),
    ),
)


def tell_withdrawn(verdict: Verdict, *, at: datetime) -> None:
    """Plans the mail to everybody whom it concerns, once for a verdict."""
    endorsed = Q(endorsements__version=verdict.version_id, endorsements__revoked_at__isnull=True)
    people = Person.objects.filter(endorsed | Q(pk=verdict.version.material.owner_id)).distinct()
    rows = [(verdict.pk, p, f"{WITHDRAWN}:{verdict.pk}:{p.pk}") for p in people]
    outbox.plan_many(kind=WITHDRAWN, rows=rows, due_at=at, at=at)


def _verdicts() -> QuerySet[Verdict]:
    found: QuerySet[Verdict] = Verdict.objects.with_facts()
    return found


def _is_true(_message: Message, verdict: Verdict, _at: datetime) -> bool:
    return verdict.withdrawn_at is not None


def _write(message: Message, verdict: Verdict, _at: datetime) -> Mail:
    page = path("verdict_detail", verdict.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": verdict.version.material.title,
        "number": str(verdict.version.number),
        "reason": mail_blocks.quote(verdict.withdrawal_reason),
        "verdict_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Look at the verdict")
        ),
    }
    return write(WITHDRAWN, values, link=page)


def _example(user: User, _at: datetime) -> Example | None:
    """The newest verdict that the user sees, as if it had been withdrawn."""
    newest = Verdict.objects.visible_to(user).with_facts().first()
    if newest is None:
        return None
    newest.withdrawal_reason = pgettext("mail", "The law that the material describes has changed.")
    return Example(newest, {}, newest.version.material.title)


KIND = MessageKind(
    name=WITHDRAWN,
    label=gettext_lazy("A verdict was withdrawn"),
    load=message_kinds.by_row(_verdicts),
    still_true=_is_true,
    render=_write,
    topic=Topic.REVIEWS,
    waits=True,
    words=WORDS,
    example=_example,
)


def register() -> None:
    """Makes the kind known to the outbox."""
    message_kinds.register(KIND)
