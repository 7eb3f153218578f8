"""A few words from one member to another: hello, thanks, an answer to an offer or need."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import outbox
from experts.enums import Channel
from experts.models import Person, User
from practices import permissions
from practices.domain import spam
from practices.domain.people import members
from practices.enums import NoteKind
from practices.models import Exchange, Note

# Whoever writes to more people than this on one day sends a circular.
MOST_A_DAY = 20
KINDS = {kind: f"note_{kind.value}" for kind in NoteKind}


class NotSent(NotPossible):
    """The words cannot be sent; the message says why."""


@transaction.atomic
def send(
    *,
    kind: NoteKind,
    receiver_id: int,
    words: str,
    by: User,
    at: datetime,
    exchange: Exchange | None = None,
) -> Note:
    """Keeps the words and tells the receiver; thanks on the platform alone, the others by mail.

    The same words to the same person within a day are one note. Raises NotSent for somebody who is
    no member today, for oneself, and for one too many on a day, Spam for a flood of links.
    """
    permissions.may_contribute(by)
    receiver = members.taking_part().filter(pk=receiver_id).first()
    if receiver is None or receiver.pk == by.person.pk:
        raise NotSent(_("This goes to another person who is a member today."))
    spam.check(words)
    today = Note.objects.filter(sender=by.person, at__gt=at - timedelta(days=1))
    again = today.filter(receiver=receiver, kind=kind, words=words).first()
    if again:
        return again
    if today.count() >= MOST_A_DAY:
        raise NotSent(_("You wrote to many people today. Please go on tomorrow."))
    made = Note.objects.create(
        kind=kind, sender=by.person, receiver=receiver, words=words, at=at, exchange=exchange
    )
    _tell(made, receiver, at)
    return made


def _tell(note: Note, receiver: Person, at: datetime) -> None:
    name = KINDS[NoteKind(note.kind)]
    outbox.plan_many(
        kind=name,
        rows=[(note.pk, receiver, f"{name}:{note.pk}")],
        due_at=at,
        at=at,
        channel=Channel.APP if note.kind == NoteKind.THANKS else Channel.MAIL,
    )


@transaction.atomic
def show(*, note_id: int, by: User, shown: bool, at: datetime) -> None:
    """The receiver shows thanks on their page, or hides them again."""
    note = Note.objects.select_for_update().get(pk=note_id, kind=NoteKind.THANKS)
    permissions.may_show_thanks(by, note)
    note.shown_at = at if shown else None
    note.save(update_fields=["shown_at"])
