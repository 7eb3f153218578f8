"""Who uses or follows a practice is told of its new version, once."""

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
from practices.enums import CheckStep, Use
from practices.models import Adoption, Follow, PracticeVersion

NEWS = "practice_version_news"
# Under this name people follow practices.
FOLLOWED = "practice"

WORDS = Words(
    subject=pgettext_lazy("mail", "{title}: version {number} of the good practice"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "There is a new version of a good practice that you use or follow: {title}, "
            "version {number}. This is what changed:",
        ),
        "{what_changed}",
        pgettext_lazy(
            "mail", "The version you know stays readable, with the differences word by word."
        ),
        "{practice_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        Placeholder("number", gettext_lazy("the number of the version")),
        mail_words.block("what_changed", gettext_lazy("what changed, in its author's words")),
        mail_words.button(gettext_lazy("the button that opens the version"), "practice_button"),
    ),
)


def tell(version: PracticeVersion, *, at: datetime) -> None:
    """Plans the mail about a version that was just published; nothing for a first one.

    Those are told who adopted an earlier version and use it, or follow the practice; never its
    author or who checked it last, who know.
    """
    if version.number == 1:
        return
    practice = version.practice
    adopted = Adoption.objects.filter(version__practice=practice).exclude(use=Use.STOPPED)
    followed = Follow.objects.filter(kind=FOLLOWED, object_id=practice.pk)
    readers = Person.objects.filter(
        Q(pk__in=adopted.values("person")) | Q(pk__in=followed.values("person"))
    ).exclude(pk__in=[practice.author_id, version.checked_by_id])
    rows = [(version.pk, person, f"{NEWS}:{version.pk}:{person.pk}") for person in readers]
    outbox.plan_many(kind=NEWS, rows=rows, due_at=at, at=at)


def _versions() -> QuerySet[PracticeVersion]:
    return PracticeVersion.objects.select_related("practice")


def _is_true(message: Message, version: PracticeVersion, _at: datetime) -> bool:
    """It is the newest one still, the practice is recommended, and the reader takes part."""
    practice = version.practice
    user = User.objects.filter(person=message.person_id, is_active=True).first()
    return (
        user is not None
        and practice.current_id == version.pk
        and practice.retired_on is None
        and PracticeVersion.objects.visible_to(user).filter(pk=version.pk).exists()
    )


def _write(message: Message, version: PracticeVersion, _at: datetime) -> Mail:
    page = path("practice_version", version.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": version.title,
        "number": str(version.number),
        "what_changed": mail_blocks.quote(
            version.what_changed or pgettext("mail", "Its author did not say what changed.")
        ),
        "practice_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the practice")
        ),
    }
    return write(NEWS, values, link=page)


def _example(user: User, _at: datetime) -> Example | None:
    """The newest published version that the user sees, as if it had just come out."""
    seen = PracticeVersion.objects.visible_to(user).filter(step=CheckStep.PUBLISHED)
    newest = seen.select_related("practice").order_by("-published_on", "-pk").first()
    return Example(newest, {}, newest.title) if newest else None


KIND = MessageKind(
    name=NEWS,
    label=gettext_lazy("A good practice has a new version"),
    load=message_kinds.by_row(_versions),
    still_true=_is_true,
    render=_write,
    topic=Topic.NEWS,
    waits=True,
    words=WORDS,
    example=_example,
)


def register() -> None:
    """Makes the kind known to the outbox."""
    message_kinds.register(KIND)
