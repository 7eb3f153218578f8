"""The mail that tells two members of two countries that an offer answers a need."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.times import to_wall
from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_words import NAME, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, User
from practices.domain.people import match_telling
from practices.models import Exchange, ExchangeMatch

WORDS = Words(
    subject=pgettext_lazy("mail", "{other} and you: an offer and a need that fit"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "What you put up and what {other} put up fit each other:"),
        "{pair}",
        pgettext_lazy(
            "mail", "If you like, write a line: one field on the page is enough. You need not."
        ),
        "{offers_button}",
    ),
    placeholders=(
        NAME,
        Placeholder("other", gettext_lazy("the name of the other person")),
        mail_words.block("pair", gettext_lazy("the offer and the need, with their countries")),
        mail_words.button(
            gettext_lazy("the button that opens the offers and needs"), "offers_button"
        ),
    ),
)


def _matches() -> QuerySet[ExchangeMatch]:
    return ExchangeMatch.objects.select_related("offer__person__country", "need__person__country")


def _still_fits(_message: Message, match: ExchangeMatch, at: datetime) -> bool:
    """Neither was closed, ran out, or belongs to somebody who left."""
    return match_telling.still_matches(match, to_wall(at, match.need.person.zone).date())


def _write(message: Message, match: ExchangeMatch, _at: datetime) -> Mail:
    mine_is_offer = message.person_id == match.offer.person_id
    other = match.need.person if mine_is_offer else match.offer.person
    page = path("exchange_list")
    sides = (
        (pgettext("mail", "Offered"), match.offer),
        (pgettext("mail", "Needed"), match.need),
    )
    values: dict[str, Value] = {
        "name": message.person.name,
        "other": other.name,
        "pair": mail_blocks.facts(
            [(label, mail_blocks.typed(_said(side))) for label, side in sides]
        ),
        "offers_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open offers and needs")
        ),
    }
    return write(match_telling.KIND, values, link=page)


def _said(side: Exchange) -> str:
    country = side.person.country.name if side.person.country else ""
    return ", ".join(part for part in (side.words, country) if part)


def _example(user: User, _at: datetime) -> Example | None:
    own = Q(offer__person__user=user) | Q(need__person__user=user)
    newest = _matches().filter(own).first()
    return Example(newest, {}, newest.offer.words) if newest else None


KINDS = (
    MessageKind(
        name=match_telling.KIND,
        label=gettext_lazy("An offer and a need that fit"),
        load=message_kinds.by_row(_matches),
        still_true=_still_fits,
        render=_write,
        topic=Topic.NEWS,
        waits=True,
        words=WORDS,
        example=_example,
    ),
)
