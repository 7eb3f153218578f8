"""Materials, their immutable versions and language editions."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person
from materials import querysets
from materials.enums import (
    BY_MEDIA_TYPE,
    PDF,
    Format,
    Licence,
    MaterialAudience,
    MaterialType,
    PortfolioPart,
)


def content_key(version: Version, _filename: str) -> str:
    """Where the bytes of a version lie: named by their hash, never by what a person typed."""
    return f"materials/{version.sha256[:2]}/{version.sha256}"


class Material(QuickLabels):
    """A work of the project; what it says stands in its versions."""

    code = LineField(_("code"), max_length=10, unique=True)
    title = LineField(_("title"))
    type = models.CharField(_("type"), max_length=10, choices=MaterialType.choices)
    audience = models.CharField(_("audience"), max_length=10, choices=MaterialAudience.choices)
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY_SA
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="materials")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="materials"
    )
    summary = LongTextField(_("summary"), blank=True)
    parts = ArrayField(
        models.CharField(max_length=20, choices=PortfolioPart.choices),
        verbose_name=_("parts of an e-portfolio"),
        default=list,
        blank=True,
    )
    levels = ArrayField(
        models.CharField(max_length=20), verbose_name=_("levels"), default=list, blank=True
    )
    created_at = models.DateTimeField()

    objects = querysets.MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("material")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return numbered("material_detail", self.pk)


class RequiredEdition(models.Model):
    """A cell of the matrix: a country needs this material in a language."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="required")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)

    class Meta:
        ordering = ["country__code", "language"]
        verbose_name = _("required edition")
        constraints = [
            models.UniqueConstraint(
                fields=["material", "country", "language"], name="required_edition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material.code} {self.country.code} {self.language}"


class Version(QuickLabels):
    """One state of a material in one language: a file or a link, and never changed again.

    A version with a `source` is a language edition: the translation of exactly that version.
    `sha256` is the hash of the file's bytes, or of the address of a link. Everything that is
    said about a version (reviews, verdicts, reports) holds for exactly this hash.
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)
    source = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    translator = LineField(_("translator"), blank=True)
    licence = models.CharField(
        _("licence of this edition"), max_length=20, choices=Licence.choices, blank=True
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.FileField(_("file"), upload_to=content_key, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    original_name = LineField(_("file name"), blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    what_changed = LongTextField(_("what changed"), blank=True)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = querysets.VersionQuerySet.as_manager()

    class Meta:
        ordering = ["material__code", "number"]
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["material", "sha256"], name="version_content_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")),
                name="version_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | ~Q(source=models.F("id")),
                name="version_not_its_own_source",
            ),
        ]
        indexes = [
            models.Index(
                fields=["released_at"],
                name="version_released",
                condition=Q(released_at__isnull=False),
            ),
            # The few that not every member may open.
            models.Index(
                fields=["id"], name="version_unreleased", condition=Q(released_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="immutable", exclude=["released_at", "valid_until"]),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.material.code} v{self.number}"

    def get_absolute_url(self) -> str:
        return numbered("version_detail", self.pk)

    @property
    def format(self) -> Format | None:
        """The allowlist's line of this file; None for a link."""
        return BY_MEDIA_TYPE.get(self.media_type)

    @property
    def is_pdf(self) -> bool:
        return self.media_type == PDF.media_type

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


class Erratum(models.Model):
    """A trivial fix of a version: its readers are told, a coordinator says how much it matters.

    The version itself is an ordinary one; what it corrects stays readable under its own hash.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="erratum")
    corrects = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="errata")
    is_material = models.BooleanField(_("changes what was judged"), null=True, blank=True)
    reason = LineField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["version"]
        verbose_name = _("erratum")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_material__isnull=True, decided_at__isnull=True)
                | Q(is_material__isnull=False, decided_at__isnull=False),
                name="erratum_decided_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.corrects} → {self.version}"
