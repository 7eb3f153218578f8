"""The mails that bring people together: buddies, coffee, and the gentle note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from experts.domain import mail_blocks, mail_words, message_kinds
from experts.domain.links import path
from experts.domain.mail_html import Block
from experts.domain.mail_words import NAME, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Message, Person, User
from practices.domain.people import buddies, coffee, quiet, wording
from practices.models import Buddyship, CoffeePair

_OTHER = Placeholder("other", gettext_lazy("the name of the other person"))
_PERSON_BUTTON = mail_words.button(
    gettext_lazy("the button that opens the other person's page"), "person_button"
)

BUDDY_WORDS = Words(
    subject=pgettext_lazy("mail", "You and {other}: buddies in the community"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "{other} and you are buddies from today on. {newcomer} is new here and can ask "
            "{buddy} anything: how things are done, whom to turn to, what a word means.",
        ),
        pgettext_lazy("mail", "A talk of ten minutes in the first week is a good beginning."),
        "{person_button}",
    ),
    placeholders=(
        NAME,
        _OTHER,
        Placeholder("newcomer", gettext_lazy("the name of the person who is new")),
        Placeholder("buddy", gettext_lazy("the name of the person who helps")),
        _PERSON_BUTTON,
    ),
)

COFFEE_WORDS = Words(
    subject=pgettext_lazy("mail", "Coffee across countries, round {number}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy("mail", "The pairs of round {number} are drawn:"),
        "{partners}",
        pgettext_lazy(
            "mail",
            "Afterwards, tell us with one press whether you met. You can stop taking part on the "
            "same page.",
        ),
        "{coffee_button}",
    ),
    placeholders=(
        NAME,
        Placeholder("number", gettext_lazy("the number of the round")),
        mail_words.block("partners", gettext_lazy("whom the reader meets, and how to go about it")),
        mail_words.button(gettext_lazy("the button that opens the coffee page"), "coffee_button"),
    ),
)

QUIET_WORDS = Words(
    subject=pgettext_lazy("mail", "It is good to have you here, also when it is quiet"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "We have not seen anything of you for two months. Perhaps you have a lot to do, "
            "perhaps nothing here was of use to you; both are good reasons.",
        ),
        pgettext_lazy(
            "mail",
            "If you would like to come back, something small is enough: an answer of two lines, a "
            "word of thanks, half an hour of coffee with a colleague elsewhere.",
        ),
        pgettext_lazy("mail", "You need to do nothing. We will not remind you of this again."),
        "{way_back}",
    ),
    placeholders=(
        NAME,
        mail_words.button(gettext_lazy("the button that opens the platform"), "way_back"),
    ),
)


def _buddyships() -> QuerySet[Buddyship]:
    return Buddyship.objects.select_related("newcomer", "buddy")


def _still_buddies(_message: Message, buddyship: Buddyship, _at: datetime) -> bool:
    return buddyship.ended_on is None


def _write_buddy(message: Message, buddyship: Buddyship, _at: datetime) -> Mail:
    is_newcomer = message.person_id == buddyship.newcomer_id
    other = buddyship.buddy if is_newcomer else buddyship.newcomer
    page = path("person_detail", other.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "other": other.name,
        "newcomer": buddyship.newcomer.name,
        "buddy": buddyship.buddy.name,
        "person_button": person_button(page),
    }
    return write(buddies.KIND, values, link=page)


def person_button(page: str) -> Block:
    """The button that opens somebody's page."""
    label = pgettext("mail", "Open the page of this person")
    return mail_blocks.button(settings.BASE_URL + page, label)


def _buddy_example(user: User, _at: datetime) -> Example | None:
    seen = Person.objects.visible_to(user)
    newest = _buddyships().filter(newcomer__in=seen).order_by("-pk").first()
    return Example(newest, {}, newest.newcomer.name) if newest else None


def _pairs() -> QuerySet[CoffeePair]:
    return CoffeePair.objects.select_related("round").prefetch_related("seats__person__country")


def _still_seated(message: Message, pair: CoffeePair, _at: datetime) -> bool:
    return message.person_id in {seat.person_id for seat in pair.seats.all()}


def _write_coffee(message: Message, pair: CoffeePair, _at: datetime) -> Mail:
    page = path("coffee")
    people = [seat.person for seat in pair.seats.all() if seat.person_id != message.person_id]
    values: dict[str, Value] = {
        "name": message.person.name,
        "number": str(pair.round.number),
        "partners": _partners(message.person, people),
        "coffee_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the coffee page")
        ),
    }
    return write(coffee.KIND, values, link=page)


def _partners(reader: Person, people: Iterable[Person]) -> Block:
    """Whom the reader meets: name, country, languages of both; or that nobody was left."""
    rows = [(pgettext("mail", "You meet"), _introduced(reader, person)) for person in people]
    if rows:
        return mail_blocks.facts(rows)
    return mail_blocks.sentence(
        pgettext(
            "mail",
            "This time nobody was left who shares a language with you and whom you did not meet "
            "lately. In the next round you choose first.",
        )
    )


def _introduced(reader: Person, person: Person) -> Block:
    shared = wording.languages(set(reader.languages) & set(person.languages))
    parts = [person.name, person.country.name if person.country else "", shared]
    return mail_blocks.typed(", ".join(part for part in parts if part))


def _coffee_example(_user: User, _at: datetime) -> Example | None:
    newest = _pairs().order_by("-pk").first()
    return Example(newest, {}, str(newest.round.number)) if newest else None


def _write_quiet(message: Message, person: Person, _at: datetime) -> Mail:
    page = path("today")
    values: dict[str, Value] = {
        "name": message.person.name,
        "way_back": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "See what is going on")
        ),
    }
    return write(quiet.KIND, values, link=page)


def _still_quiet(_message: Message, person: Person, at: datetime) -> bool:
    return quiet.is_quiet(person, at)


def _quiet_example(user: User, _at: datetime) -> Example | None:
    return Example(user.person, {}, user.person.name)


KINDS = (
    MessageKind(
        name=buddies.KIND,
        label=gettext_lazy("You have a buddy"),
        load=message_kinds.by_row(_buddyships),
        still_true=_still_buddies,
        render=_write_buddy,
        topic=Topic.NEWS,
        words=BUDDY_WORDS,
        example=_buddy_example,
    ),
    MessageKind(
        name=coffee.KIND,
        label=gettext_lazy("Whom you meet for coffee"),
        load=message_kinds.by_row(_pairs),
        still_true=_still_seated,
        render=_write_coffee,
        topic=Topic.NEWS,
        waits=True,
        words=COFFEE_WORDS,
        example=_coffee_example,
    ),
    MessageKind(
        name=quiet.KIND,
        label=gettext_lazy("A word after two quiet months"),
        load=message_kinds.by_row(Person.objects.all),
        still_true=_still_quiet,
        render=_write_quiet,
        topic=Topic.NEWS,
        waits=True,
        words=QUIET_WORDS,
        example=_quiet_example,
    ),
)
