"""The talk about anything: comments on a session, a page of a material, a practice, an idea.

What is talked about is named by its kind and key, as `domain/discussed.py` knows it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.text import LineField, LongTextField
from experts.models import Person
from practices import querysets

COMMENT_LENGTH = 5000


class Comment(models.Model):
    """A contribution to a thread; `quoted` is the one it answers, `place` a page of a document.

    `translation` is typed by a person into `translation_language`; the words themselves are always
    shown first. Deleted words are emptied, the line stays so that answers keep their place.
    `unnamed` says that it was written under the Chatham House rule, which never ends for it.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    place = models.PositiveIntegerField(_("page"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    text = LongTextField(_("comment"), max_length=COMMENT_LENGTH, blank=True)
    language = models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES, default="en")
    translation = LongTextField(_("translation"), blank=True, max_length=COMMENT_LENGTH)
    translation_language = models.CharField(
        max_length=3, choices=settings.PROJECT_LANGUAGES, blank=True
    )
    quoted = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    mentioned = models.ManyToManyField(Person, related_name="mentions", blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hidden_why = LineField(_("why it was taken down"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    unnamed = models.BooleanField(default=False)
    # Whether the rule holds now for what it stands on: a mark of `with_rule`.
    under_rule: bool

    objects = querysets.CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "object_id", "at"], name="comment_thread")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.pk}"

    @property
    def keeps_name(self) -> bool:
        """Whether its writer is named to nobody but moderators; of rows out of `with_rule`."""
        return self.unnamed or self.under_rule


class Follow(models.Model):
    """Somebody wants to hear of a thread."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "object_id"], name="thread_followed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.object_id}"


class TalkRead(models.Model):
    """Until when somebody has read what was said everywhere."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}: {self.at:%Y-%m-%d %H:%M}"


class CommentReport(models.Model):
    """A member says that a comment does not belong here; a moderator settles it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    why = LineField(_("what is wrong with it"))
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "by"], name="comment_reported_once_by_each")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.by_id}"
