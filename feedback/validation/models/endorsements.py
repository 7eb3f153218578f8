"""Who stands behind a version by name, and the signed credentials that say so elsewhere."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LongTextField
from experts.models import Person
from feedback.validation.enums import CredentialKind
from feedback.validation.models.verdicts import Verdict
from materials.models import Version


class Endorsement(models.Model):
    """An expert's signature under one hash, by name; it may be taken back.

    Who endorses speaks in the open: nothing joins this with a review, which stays under its code.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="endorsements")
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="endorsements")
    words = LongTextField(_("in your own words"), blank=True)
    shows_name = models.BooleanField(_("show my name to everybody"), default=False)
    signed_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = LongTextField(_("why it is taken back"), blank=True)

    class Meta:
        ordering = ["signed_at", "pk"]
        verbose_name = _("endorsement")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                condition=Q(revoked_at__isnull=True),
                name="endorsed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.person_id}"


class Credential(models.Model):
    """An Open Badge that was handed out: the signed token as it left, and whether it still holds.

    One of a material hangs on its verdict, all others on a person.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=CredentialKind.choices)
    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, null=True, blank=True, related_name="credentials"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="credentials"
    )
    token = models.TextField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = LongTextField(blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("credential")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=CredentialKind.MATERIAL, verdict__isnull=False, person__isnull=True
                )
                | Q(~Q(kind=CredentialKind.MATERIAL), verdict__isnull=True, person__isnull=False),
                name="credential_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
