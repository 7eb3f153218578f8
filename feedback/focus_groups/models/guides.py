"""What a group is asked, in all languages, and where a participant finds help afterwards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country
from feedback.focus_groups import querysets
from feedback.focus_groups.enums import Voice


class Guide(QuickLabels):
    """The questions for one kind of people; frozen when the first group uses it.

    Another wording of a frozen guide is another revision under the same name.
    """

    name = LineField(_("name"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    voice = models.CharField(_("for whom"), max_length=10, choices=Voice.choices)
    is_piloted = models.BooleanField(_("tried out before"), default=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.GuideQuerySet.as_manager()

    class Meta:
        ordering = ["voice", "name", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["name", "revision"], name="guide_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} (r{self.revision})"


class GuideQuestion(models.Model):
    """A question, its words by language code ({"en": ..., "ar": ...}) and the minutes planned."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    texts = models.JSONField(_("words"), default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "position"],
                name="guide_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """The question in that language, in English where it was not translated."""
        return str(self.texts.get(language) or self.texts.get("en", ""))


class ReferralCard(models.Model):
    """Where a participant of a country finds help, by language code; handed out in every group."""

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="referral_card")
    texts = models.JSONField(_("words"), default=dict)
    phone = LineField(_("telephone"), blank=True)
    note = LongTextField(_("for the facilitator"), blank=True)

    def __str__(self) -> str:
        return self.country.name

    def said(self, language: str) -> str:
        """The card in that language, in English where it was not translated."""
        return str(self.texts.get(language) or self.texts.get("en", ""))
