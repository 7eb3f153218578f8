"""What the outbox waits for from a coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from experts import permissions
from experts.domain import contact_log
from experts.models import User


def of(user: User, at: datetime) -> Iterator[Need]:
    """Sending that is paused, mails that are late or were refused: for those who can act on it."""
    if not user.access.manages_people:
        return
    standing = contact_log.standing(user, at)
    if standing.paused_since and permissions.may_pause_sending.allows(user):
        yield Need(
            title=_("No mail leaves the platform"),
            sentence=standing.sentence,
            url=reverse("message_list"),
            action=_("Open the outbox"),
            due=at,
            icon="mail",
        )
    elif standing.needs_a_look:
        yield Need(
            title=_("Some mails did not arrive"),
            sentence=standing.sentence,
            url=reverse("message_list"),
            action=_("Open the outbox"),
            due=at,
            icon="mail",
        )
