"""What the outbox waits for from a coordinator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need, Questions
from experts import permissions
from experts.domain import contact_log
from experts.models import User


def asks(user: User, at: datetime) -> Questions:
    """Where the outbox stands, for those who can act on it."""
    return contact_log.asked(user, at) if user.access.manages_people else {}


def of(
    user: User, at: datetime, *, counted: Sequence[Any], pauses: Sequence[Any]
) -> Iterator[Need]:
    """Sending that is paused, mails that are late or were refused."""
    standing = contact_log.standing_of(counted, pauses)
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
