"""From words to themes: the codebook, who coded what, and the patterns found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person
from feedback.focus_groups import querysets
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models.capture import Quote
from materials.models import Version


class Code(models.Model):
    """A tag of a country's codebook, with what it means and what it does not."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="codes")
    name = LineField(_("code"), max_length=60)
    meaning = LongTextField(_("when to use it"), blank=True)
    not_for = LongTextField(_("when not to use it"), blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    added_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.CodeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                condition=Q(merged_into__isnull=True),
                name="code_once_in_country",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="code_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CoderPass(models.Model):
    """A coder went through a quote: what carries no code of theirs was left out on purpose.

    `alone` are the codes given before the others' were shown, written down when the coder was
    through the group: agreement is about these, whatever is changed after talking about it.
    """

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="passes")
    coder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    alone = ArrayField(models.BigIntegerField(), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "coder"], name="quote_coded_once_by_each")
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} {self.coder_id}"


class Coding(QuickLabels):
    """A code one coder gave to a quote."""

    coded = models.ForeignKey(CoderPass, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    stance = models.CharField(
        _("stance"), max_length=8, choices=Stance.choices, default=Stance.NEUTRAL, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coded", "code"], name="code_once_in_a_pass")
        ]

    def __str__(self) -> str:
        return f"{self.coded_id} {self.code_id}"


class MergeProposal(models.Model):
    """Two codes that mean the same, in somebody's view; another coder decides."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="merge_proposals")
    into = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="+")
    why = LineField(_("why"), blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_agreed = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "into"],
                condition=Q(is_agreed__isnull=True),
                name="merge_proposed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_id} > {self.into_id}"


class Theme(models.Model):
    """A pattern across quotes, in one sentence; its reach is counted, never typed.

    `version` is the version it asks something of, where it does: then it can become a change
    request.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="themes")
    title = LineField(_("theme"))
    summary = LongTextField(_("what people told us"), blank=True)
    is_major = models.BooleanField(_("main theme"), default=True)
    version = models.ForeignKey(
        Version,
        verbose_name=_("version it is about"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="themes",
    )
    codes = models.ManyToManyField(Code, verbose_name=_("codes"), related_name="themes")
    added_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.OfCountryQuerySet.as_manager()

    class Meta:
        ordering = ["-is_major", "title"]
        constraints = [
            models.UniqueConstraint(fields=["country", "title"], name="theme_once_in_country")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("theme_detail", self.pk)
