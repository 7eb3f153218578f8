"""Stories: what a member learnt by doing, told in words or aloud, and where it was used again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.sounds import Sound
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person
from materials.models import GlossaryTerm, Material
from practices import querysets
from practices.enums import Cited, Occasion, ValueCycle
from practices.models.practices import Practice


class Story(QuickLabels, Sound):
    """A piece of knowledge that stood in no handbook.

    `text` is the story, or the words of the clip: a clip without words would be found by nobody.
    The teller is shown as role and country unless `is_named`. A voice tells who speaks, so the clip
    stays out of what leaves the platform unless `clip_may_leave`. `material` is the training module
    that teaches it, `practice` the one it tells of, `terms` the words of the glossary it explains.
    """

    title = LineField(_("title"))
    occasion = models.CharField(
        _("why it is told"), max_length=10, choices=Occasion.choices, default=Occasion.STORY
    )
    cycle = models.CharField(
        _("what came of it"),
        max_length=10,
        choices=ValueCycle.choices,
        default=ValueCycle.IMMEDIATE,
    )
    text = LongTextField(_("the story"))
    language = models.CharField(
        _("language"), max_length=3, choices=settings.PROJECT_LANGUAGES, default="en"
    )
    teller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stories")
    is_named = models.BooleanField(_("my name stands with it"), default=False)
    clip_may_leave = models.BooleanField(
        _("the clip may go along in the community's archive"), default=False
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="stories"
    )
    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, null=True, blank=True, related_name="stories"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    terms = models.ManyToManyField(GlossaryTerm, related_name="stories", blank=True)
    told_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="story_has_words")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("story_detail", self.pk)


class StoryCitation(QuickLabels):
    """Somebody else used a story: that is reuse, and counts as such."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="citations")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    used_in = models.CharField(_("used in"), max_length=10, choices=Cited.choices)
    note = LineField(_("where, in a few words"), blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "by", "used_in"], name="story_cited_once_so")
        ]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.get_used_in_display()}"
