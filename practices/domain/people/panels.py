"""What this part hangs on a person's page and on one's own profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from cop_platform.common.panels import Panel
from cop_platform.common.prepared import Prepared, Slot, at_once
from experts.models import Person, User
from practices import permissions
from practices.domain.people import buddies, members, streams
from practices.enums import NoteKind
from practices.models import Note

NOTES_SHOWN = 20
_HERE = Prepared(lambda: members.taking_part().filter(pk=Slot("person")).values_list("pk"))


def _notes(**more: Any) -> Prepared:
    found = Note.objects.filter(receiver=Slot("person"), **more)
    return Prepared(lambda: found.select_related("sender__country", "exchange")[:NOTES_SHOWN])


_ALL_NOTES = _notes()
_SHOWN_THANKS = _notes(kind=NoteKind.THANKS, shown_at__isnull=False)


def of_person(user: User, person: Person) -> Iterator[Panel]:
    """Earned know-how, buddy, thanks that are shown, and the stream where it is open.

    Oneself sees all of one's own: words received, the stream whether open or not.
    """
    at = timezone.now()
    is_own = person.user_id == user.pk
    asked = [
        _HERE.asked(person=person.pk),
        streams.asks_whether_open(person),
        buddies.asks_current_of(person),
        (_ALL_NOTES if is_own else _SHOWN_THANKS).asked(person=person.pk),
        *streams.asks_what_is_earned(person, at),
    ]
    is_here, is_open, buddy, notes, *earned = at_once(asked)
    yield Panel(
        "practices/people_person_panel.html",
        {
            "person": person,
            "is_own": is_own,
            "may_thank": is_here and not is_own and permissions.may_contribute.allows(user),
            "earned": streams.said(earned),
            "buddy": buddy[0] if is_here and buddy else None,
            "notes": notes,
            "stream": streams.stream(person, at) if is_own or (is_open and is_here) else None,
            "is_open": is_open,
        },
    )


def of_profile(_user: User, person: Person) -> Iterator[Panel]:
    """The choice whether others see what one gave."""
    yield Panel("practices/people_profile_panel.html", {"is_open": streams.is_open(person)})
