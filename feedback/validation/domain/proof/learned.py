"""One's own credentials, for the page of what somebody learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common import competences
from cop_platform.common.learned import Entry, Learned
from experts.models import User
from feedback.validation.enums import CredentialKind
from feedback.validation.models import Credential


def of(user: User, at: datetime) -> Iterator[Entry]:
    """Those that hold; each leads to the page where anybody can check it. One query."""
    rows = Credential.objects.filter(person=user.person, revoked_at__isnull=True)
    for one in rows.select_related("participation"):
        if one.issued_at <= at:
            yield Entry(
                kind=Learned.CREDENTIAL,
                day=one.issued_at.date(),
                title=_title(one),
                part=_("Signed, can be checked by anybody"),
                url=reverse("verify_credential", args=[one.key]),
            )


def _title(credential: Credential) -> str:
    if credential.kind == CredentialKind.PARTICIPATION:
        return _("Certificate of participation (Open Badge)")
    if credential.kind == CredentialKind.COMPETENCE:
        name = competences.said(credential.participation.competence)
        return _("Competence badge (Open Badge): %(name)s") % {"name": name}
    return _("Credential as a reviewer (Open Badge)")
