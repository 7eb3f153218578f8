"""What reviewers are asked: rubrics, their criteria, a sample to warm up with; and the policy."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Person
from feedback.reviews.enums import CriterionKind
from materials.enums import MaterialAudience, MaterialType


@pghistory.track()
class Rubric(QuickLabels):
    """A set of criteria; frozen when the first round opens with it.

    A rubric with a type or an audience is proposed for such materials; without both, for all.
    Another wording of a frozen rubric is another revision under the same name.
    """

    name = LineField(_("name"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    material_type = models.CharField(
        _("type of material"), max_length=10, choices=MaterialType.choices, blank=True
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=MaterialAudience.choices, blank=True
    )
    guidance = LongTextField(_("what reviewers read first"), blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["name", "revision"], name="rubric_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} (r{self.revision})"


@pghistory.track()
class Criterion(QuickLabels):
    """A question of a rubric, with the words that stand for its answers, the lowest first.

    `weight` counts in the weighted mean, whose denominator is shown; 0 leaves the criterion out.
    """

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=5)
    text = LineField(_("criterion"), max_length=300)
    kind = models.CharField(
        _("answer"), max_length=10, choices=CriterionKind.choices, default=CriterionKind.RELEVANCE
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    is_required = models.BooleanField(_("must be answered"), default=True)
    anchors = ArrayField(
        LineField(max_length=30), default=list, blank=True, verbose_name=_("words of the scale")
    )

    class Meta:
        ordering = ["position"]
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="criterion_code_once"),
            models.UniqueConstraint(
                fields=["rubric", "position"],
                name="criterion_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [
            # Another wording of a rubric that was used is another revision of it.
            pgtrigger.Trigger(
                name="kept_once_frozen",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("row_", "feedback_criterion%ROWTYPE")],
                func="""
                    IF TG_OP = 'DELETE' THEN row_ := OLD; ELSE row_ := NEW; END IF;
                    IF EXISTS (SELECT 1 FROM feedback_rubric
                               WHERE id = row_.rubric_id AND frozen_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'a frozen rubric is not changed';
                    END IF;
                    RETURN row_;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class CalibrationSample(models.Model):
    """A short text that reviewers rate before the real thing, and what the team says of it.

    `expected` maps a criterion's key to {"score", "why"}.
    """

    rubric = models.OneToOneField(Rubric, on_delete=models.CASCADE, related_name="sample")
    title = LineField(_("title"))
    text = LongTextField(_("text"))
    expected = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.title}"


class ValidationPolicy(models.Model):
    """The rule by which figures become a verdict; a round keeps the one it was opened with.

    Version 1 is the strict table of pass marks: all of 3 to 5, 5 of 6, 6 of 7, 7 of 8 and so on.
    `rules` holds {"marks": [[panel size from which, mark in hundredths], ...]} and what joins it.
    """

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    name = LineField(_("name"))
    rules = models.JSONField(default=dict)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        verbose_name = _("validation policy")
        verbose_name_plural = _("validation policies")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
