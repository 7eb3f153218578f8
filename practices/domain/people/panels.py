"""What this part hangs on a person's page and on one's own profile."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from cop_platform.common.panels import Panel
from experts.models import Person, User
from practices import permissions
from practices.domain.people import buddies, members, streams
from practices.enums import NoteKind
from practices.models import Note

NOTES_SHOWN = 20


def of_person(user: User, person: Person) -> Iterator[Panel]:
    """Earned know-how, buddy, thanks that are shown, and the stream where it is open.

    Oneself sees all of one's own: words received, the stream whether open or not.
    """
    at = timezone.now()
    is_own = person.user_id == user.pk
    is_here = members.taking_part().filter(pk=person.pk).exists()
    is_open = streams.is_open(person)
    buddy = buddies.current_of(person) if is_here else None
    yield Panel(
        "practices/people_person_panel.html",
        {
            "person": person,
            "is_own": is_own,
            "may_thank": is_here and not is_own and permissions.may_contribute.allows(user),
            "earned": streams.earned(person, at),
            "buddy": buddy,
            "notes": _notes(person, own=is_own),
            "stream": streams.stream(person, at) if is_own or (is_open and is_here) else None,
            "is_open": is_open,
        },
    )


def of_profile(_user: User, person: Person) -> Iterator[Panel]:
    """The choice whether others see what one gave."""
    yield Panel("practices/people_profile_panel.html", {"is_open": streams.is_open(person)})


def _notes(person: Person, *, own: bool) -> list[Note]:
    """All words for oneself; for others the thanks that were made visible."""
    found = Note.objects.filter(receiver=person).select_related("sender__country", "exchange")
    if not own:
        found = found.filter(kind=NoteKind.THANKS, shown_at__isnull=False)
    return list(found[:NOTES_SHOWN])
