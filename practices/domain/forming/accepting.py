"""A member accepts the charter in force: on joining, and again with each new version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.enums import CharterState
from experts.models import Charter, CharterAcceptance, Person, User


@transaction.atomic
def accept(*, charter_id: int, by: User, at: datetime) -> CharterAcceptance:
    """Notes it once, however often it is said. Raises Refused; NotPossible for other versions."""
    rows = Charter.objects.select_for_update(of=("self",)).select_related("cop__country")
    charter = rows.get(pk=charter_id)
    permissions.may_join_in(by, charter.cop)
    if charter.state != CharterState.ADOPTED:
        raise NotPossible(_("Only the charter in force is accepted."))
    accepted, _created = CharterAcceptance.objects.get_or_create(
        charter=charter, person=by.person, defaults={"at": at}
    )
    return accepted


def is_accepted(person: Person, charter: Charter | None) -> bool:
    """Whether somebody said that they work by this version."""
    accepted = CharterAcceptance.objects.filter(charter=charter, person=person)
    return charter is not None and accepted.exists()


def is_asked(user: User, charter: Charter | None) -> bool:
    """Whether somebody may accept this charter in force and has not."""
    if charter is None or not permissions.may_join_in.allows(user, charter.cop):
        return False
    return not is_accepted(user.person, charter)
