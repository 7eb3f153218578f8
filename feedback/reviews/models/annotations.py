"""What reviewers mark in a material, what is said about it, and where it stands in a newer version.

An annotation belongs to an assignment and so to a code. No row here tells when it was made.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LongTextField
from experts.models import Person
from feedback.reviews import querysets
from feedback.reviews.enums import AnnotationKind, Carried, Fixed, Mark, Voice
from feedback.reviews.models.assignments import Assignment, Rating
from feedback.reviews.models.keys import random_key
from feedback.reviews.models.rubrics import Criterion
from materials.models import Version


class Place(QuickLabels):
    """A place in a version, as the W3C Web Annotation model describes it, in several ways at once.

    `quote`, `prefix` and `suffix` are the words and those around them; `start` and `end` count
    characters of the page's stored text; `boxes` are [left, top, width, height] in fractions of the
    page, for a region the one that was drawn; `from_second` and `to_second` a part of a film.
    `text_hash` is the hash of the page's text that start and end were counted in.
    """

    page = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    boxes = models.JSONField(default=list)
    from_second = models.FloatField(null=True, blank=True)
    to_second = models.FloatField(null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class Annotation(Place):
    """A remark on a place of the version that is reviewed; with its review it is sent or a draft.

    `client_key` is chosen where it was written, so that sending it twice, or later, makes one row;
    `revision` counts savings, so that two windows notice each other.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="annotations")
    client_key = models.UUIDField(editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="annotations")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=AnnotationKind.choices)
    mark = models.CharField(_("meant as"), max_length=10, choices=Mark.choices)
    text = LongTextField(_("remark"), blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["page", "start", "from_second", "pk"]
        verbose_name = _("annotation")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "client_key"], name="annotation_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__gte=models.F("start")),
                name="annotation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page or ''}"


class CarriedAnnotation(Place):
    """Where an annotated place stands in a newer version; `score` of 0 to 1 says how sure that is.

    `extractor` names what read the words of the page, so that another one is noticed.
    """

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="carried")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=Carried.choices)
    score = models.FloatField()
    extractor = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation", "version"], name="carried_once")
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id}: {self.state}"


class FixCheck(QuickLabels):
    """What a reviewer of the next round says of an annotation of theirs: fixed or not."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="fix_checks")
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="fix_checks")
    answer = models.CharField(max_length=10, choices=Fixed.choices)
    note = LongTextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "annotation"], name="fix_checked_once")
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id}: {self.answer}"


class Reply(QuickLabels):
    """One voice in the discussion of an annotation or of a comment to a criterion.

    A reviewer speaks by the assignment, authors and coordinators by their person. Only the day is
    kept.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    voice = models.CharField(max_length=12, choices=Voice.choices)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveIntegerField()
    text = LongTextField(_("reply"))
    on = models.DateField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(annotation__isnull=False, rating__isnull=True)
                | Q(annotation__isnull=True, rating__isnull=False),
                name="reply_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(voice=Voice.REVIEWER, assignment__isnull=False, person__isnull=True)
                | (~Q(voice=Voice.REVIEWER) & Q(assignment__isnull=True, person__isnull=False)),
                name="reply_by_code_or_by_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.position}"
