"""Countries, their partners and communities, and what a community agreed on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField
from cop_platform.common.times import validate_zone
from experts import querysets
from experts.enums import Scope


class Country(QuickLabels):
    """A country of the project, by the code the agencies write (EL) with ISO 3166 beside it."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    iso_code = models.CharField(_("ISO 3166 code"), max_length=2, unique=True)
    name = LineField(_("name"))
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)

    objects = querysets.CountryQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country_detail", args=[self.code])


class Partner(models.Model):
    """A consortium member that answers for one country."""

    name = LineField(_("name"))
    kind = LineField(_("kind of organisation"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="partners")
    leads = models.BooleanField(_("leads the consortium"), default=False)
    # Bytes of materials; empty = what the settings give every partner.
    quota = models.PositiveBigIntegerField(_("room for materials"), null=True, blank=True)

    class Meta:
        ordering = ["country__code", "name"]

    def __str__(self) -> str:
        return self.name


class CommunityOfPractice(models.Model):
    """The community of one country, or of all of them."""

    name = LineField(_("name"))
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    country = models.OneToOneField(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="cop"
    )
    started_on = models.DateField(_("started on"))

    objects = querysets.CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("communities of practice")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=Scope.COUNTRY, country__isnull=False)
                | Q(scope=Scope.PROJECT, country__isnull=True),
                name="cop_country_fits_scope",
            ),
            models.UniqueConstraint(
                fields=["scope"], condition=Q(scope=Scope.PROJECT), name="cop_one_project_cop"
            ),
        ]

    def __str__(self) -> str:
        return self.name
