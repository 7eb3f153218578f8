"""Deeds are written down beside the change they describe, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from experts.models import AuditEvent, User


def record(
    *,
    deed: str,
    about: models.Model,
    by: User | None,
    at: datetime,
    country_id: int | None = None,
    actor: UUID | None = None,
    **detail: Any,
) -> AuditEvent:
    """Writes one event; `detail` holds plain values, never a name, an address or a text.

    `actor` stands in for a person who must not be known: a reviewer's code, with `by` None.
    """
    return AuditEvent.objects.create(
        at=at,
        actor=by.public_code if by else actor,
        deed=deed,
        object_kind=about._meta.label_lower,
        object_id=about.pk,
        country_id=country_id,
        detail=detail,
    )
