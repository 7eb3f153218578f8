"""External guests: asked by a member who answers for it that they agreed to be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import Country, Person, User
from sessions.domain import invitations
from sessions.enums import AskedThrough
from sessions.models import Invitation


class NoConsent(NotPossible):
    """Nobody said that this person agreed to be contacted."""


class AskedAlready(NotPossible):
    """The person has an invitation to this session."""


@dataclass(frozen=True)
class Guest:
    """An external guest as the sponsor describes them."""

    name: str
    email: str
    language: str
    zone: str
    country: Country | None = None


@transaction.atomic
def invite_guest(
    *, session_id: int, guest: Guest, agreed: bool, by: User, at: datetime
) -> Invitation:
    """Asks somebody from outside; `agreed` is the sponsor's word that they may be contacted.

    The person is written down without a membership and is in no directory; an address we know
    already is that person. Raises Refused, TooLate, NoConsent, AskedAlready.
    """
    session = invitations.open_to_guests(session_id, by, at)
    if not agreed:
        raise NoConsent(_("Only people who agreed to be contacted can be invited."))
    person = Person.objects.select_for_update().filter(email__iexact=guest.email).first()
    new = person is None
    if person is None:
        person = Person.objects.create(
            name=guest.name,
            email=guest.email.lower(),
            country=guest.country,
            language=guest.language,
            languages=[guest.language],
            zone=guest.zone,
            in_directory=False,
        )
    asked = invitations.ask(
        session,
        [person],
        by=by,
        at=at,
        forget=[person] if new else [],
        asked_through=AskedThrough.EXTERNAL,
        sponsor=by.person,
        consented_at=at,
    )
    if not asked:
        raise AskedAlready(_("This person is invited already."))
    return asked[0]
