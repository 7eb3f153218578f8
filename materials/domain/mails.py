"""The mails about materials: an erratum of something somebody is reading."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, TITLE, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from materials import readers
from materials.domain import errata
from materials.models import Erratum, Material

ERRATUM_WORDS = Words(
    subject=pgettext_lazy("mail", "“{title}”: a small mistake in version {before} is mended"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "You are reading “{title}”, version {before}. Version {number} mends a trivial error "
            "in it:",
        ),
        "{change}",
        pgettext_lazy(
            "mail",
            "You need to do nothing: your review holds for version {before}, which stays as it is. "
            "A coordinator decides whether the correction changes what is judged.",
        ),
        "{material_button}",
    ),
    placeholders=(
        NAME,
        TITLE,
        Placeholder("before", gettext_lazy("the number of the version that is corrected")),
        Placeholder("number", gettext_lazy("the number of the corrected version")),
        mail_words.block("change", gettext_lazy("what was mended, in the author's words")),
        mail_words.button(gettext_lazy("the button that opens the material"), "material_button"),
    ),
)


def _errata() -> QuerySet[Erratum]:
    return Erratum.objects.select_related("version__material", "corrects")


def _is_waited_for(message: Message, erratum: Erratum, _at: datetime) -> bool:
    """Whoever is no longer asked to read the corrected version needs no word about it."""
    asked = readers.people_asked(erratum.corrects_id)
    return message.person_id in {person.pk for person in asked}


def _write(message: Message, erratum: Erratum, _at: datetime) -> Mail:
    material = erratum.version.material
    page = path("material_detail", material.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "title": material.title,
        "before": str(erratum.corrects.number),
        "number": str(erratum.version.number),
        "change": mail_blocks.quote(erratum.version.what_changed),
        "material_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the material")
        ),
    }
    return write(errata.KIND, values, link=page)


def _example(user: User, _at: datetime) -> Example | None:
    seen = Material.objects.visible_to(user)
    newest = _errata().filter(version__material__in=seen).order_by("-pk").first()
    return Example(newest, {}, newest.version.material.title) if newest else None


KIND = MessageKind(
    name=errata.KIND,
    label=gettext_lazy("A mistake is mended in what you read"),
    load=message_kinds.by_row(_errata),
    still_true=_is_waited_for,
    render=_write,
    topic=Topic.REVIEWS,
    words=ERRATUM_WORDS,
    example=_example,
)


def register() -> None:
    """Makes this room's kind known to the outbox."""
    message_kinds.register(KIND)
