"""What people choose about their messages, and what follows for those that wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from cop_platform.common import tokens
from experts.domain import audit, digests, outbox, wishes
from experts.domain.wishes import Wishes
from experts.enums import Cadence, Channel
from experts.models import MailHabits, MessagePreference, Person, User

# (topic, cadence) pairs: what mails of a topic are like, or were.
Pairs = list[tuple[str, str]]


def find_by_token(token: str) -> Person | None:
    """Whose choices a link from a mail opens; None for a link that is not one of ours."""
    key = tokens.object_id(token)
    person = Person.objects.filter(pk=key).first() if key is not None else None
    if person is None or not tokens.matches(token, wishes.UNSUBSCRIBE, person.pk, person.pk, 1):
        return None
    return person


def of(person: Person) -> Wishes:
    """What a person chose, with the defaults where nothing was chosen."""
    return wishes.of([person])[person.pk]


@transaction.atomic
def choose(*, person_id: int, wanted: Wishes, by: User | None, at: datetime) -> None:
    """Keeps hours and cadences of a person; `by` is None where a link from a mail was the proof.

    What waits for the person is planned anew as they wish it from now on.
    """
    person = _locked(person_id)
    kept = vars(wanted.habits)
    MailHabits.objects.update_or_create(person=person, defaults=kept)
    for topic in wishes.CHOSEN_TOPICS:
        for channel in Channel:
            _keep(person, topic, channel, wanted.cadence(topic, channel))
    _told(person, by, at)


@transaction.atomic
def end_mails(*, person_id: int, topic: str, at: datetime) -> Pairs:
    """Ends mails of a topic, or of all topics in digests; how they came until now, for `restore`.

    Doing it twice changes nothing, and then there is nothing to restore.
    """
    person = _locked(person_id)
    before = mails_of(person, topic)
    for ended, _cadence in before:
        _keep(person, ended, Channel.MAIL, Cadence.OFF)
    if before:
        _told(person, None, at)
    return before


@transaction.atomic
def restore(*, person_id: int, mails: Iterable[tuple[str, str]], at: datetime) -> None:
    """Lets mails of these topics come again, each as often as named."""
    person = _locked(person_id)
    for topic, cadence in mails:
        _keep(person, topic, Channel.MAIL, cadence)
    _told(person, None, at)


def mails_of(person: Person, topic: str) -> Pairs:
    """The topics a link ends mails of, with their cadence; without those ended already."""
    chosen = of(person)
    every = [(str(t), str(chosen.cadence(t, Channel.MAIL))) for t in wishes.CHOSEN_TOPICS]
    if topic == wishes.DIGEST:
        return [pair for pair in every if pair[1] in {Cadence.DAILY, Cadence.WEEKLY}]
    return [pair for pair in every if pair[0] == topic and pair[1] != Cadence.OFF]


def plan_anew(person: Person, *, at: datetime) -> None:
    """Fits what waits for a person to what they wish, to their clock and language of today."""
    digests.put_back([person.pk], at=at)
    outbox.fit_again(person, at=at)


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


def _keep(person: Person, topic: str, channel: str, cadence: str) -> None:
    """One cadence; "at once" is what holds without a row."""
    rows = MessagePreference.objects
    if cadence == Cadence.AT_ONCE:
        rows.filter(person=person, topic=topic, channel=channel).delete()
        return
    rows.update_or_create(
        person=person, topic=topic, channel=channel, defaults={"cadence": cadence}
    )


def _told(person: Person, by: User | None, at: datetime) -> None:
    audit.record(deed="mails chosen", about=person, by=by, at=at, country_id=person.country_id)
    plan_anew(person, at=at)
