"""The project's words: one term, its meaning, and what it is called in every language."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Person
from materials import querysets


class GlossaryTerm(models.Model):
    """A notion of the project; its words stand in GlossaryWord, one a language."""

    source = LineField(_("source"), blank=True)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = querysets.GlossaryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("glossary term")

    def __str__(self) -> str:
        return str(self.pk)


class GlossaryWord(QuickLabels):
    """What a term is called and means in one language; `key` is the word as it is looked up."""

    term = models.ForeignKey(GlossaryTerm, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)
    word = LineField(_("word"))
    definition = LongTextField(_("meaning"), blank=True)
    key = models.CharField(max_length=200)

    class Meta:
        ordering = ["language", "key"]
        verbose_name = _("glossary word")
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="glossary_word_once"),
            models.UniqueConstraint(fields=["language", "key"], name="glossary_key_once"),
        ]

    def __str__(self) -> str:
        return self.word
