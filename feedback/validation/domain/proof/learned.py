"""One's own credentials, for the page of what somebody learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.learned import Entry, Learned
from experts.models import User
from feedback.validation.domain.proof import credentials


def of(user: User, at: datetime) -> Iterator[Entry]:
    """Those that hold; each leads to the page where anybody can check it. One query."""
    for one in credentials.of_person(user):
        if one.revoked_at is None and one.issued_at <= at:
            yield Entry(
                kind=Learned.CREDENTIAL,
                day=one.issued_at.date(),
                title=_("Credential as a reviewer (Open Badge)"),
                part=_("Signed, can be checked by anybody"),
                url=reverse("verify_credential", args=[one.key]),
            )
