"""Forms by link: questions in many languages, and answers that lead to nobody."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.sounds import Sound
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_day
from experts.models import Country, Person
from feedback.focus_groups import querysets
from feedback.focus_groups.enums import AnswerKind, FormKind, Voice
from feedback.reviews.models import random_key
from materials.models import Version


class EasyForm(QuickLabels):
    """Questions about a version, answered by whoever has the link or the QR code.

    The link is a token of purpose LINK for this form and nobody; raising `generation` makes every
    link and printed code before it worthless. `release_days` is set on a survey that opened by
    itself so many days after its version was released.
    """

    LINK = "easy form"

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="easy_forms")
    kind = models.CharField(max_length=10, choices=FormKind.choices, default=FormKind.FEEDBACK)
    title = LineField(_("title"))
    voice = models.CharField(_("for whom"), max_length=10, choices=Voice.choices)
    version = models.ForeignKey(
        Version,
        verbose_name=_("version it is about"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="easy_forms",
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("languages offered"),
        default=list,
    )
    opens_on = models.DateField(_("opens on"), validators=[validate_day])
    closes_on = models.DateField(_("closes on"), validators=[validate_day])
    generation = models.PositiveIntegerField(default=1)
    release_days = models.PositiveSmallIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.OfCountryQuerySet.as_manager()

    # A link names the form and nobody: tokens are made for "person 0".
    person_id = 0

    class Meta:
        ordering = ["-opens_on", "pk"]
        verbose_name = _("easy form")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="form_closes_after_opening"
            ),
            models.UniqueConstraint(
                fields=["country", "version", "release_days"],
                condition=Q(release_days__isnull=False),
                name="survey_after_release_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("form_detail", self.pk)


class EasyQuestion(QuickLabels):
    """A question of a form, its words by language code; SUS items count by their position.

    `scale_item` names a published item ("sus-1" to "sus-10"), whose score follows from it.
    """

    form = models.ForeignKey(EasyForm, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind.choices)
    texts = models.JSONField(_("words"), default=dict)
    scale_item = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "position"],
                name="easy_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """The question in that language, in English where it was not translated."""
        return str(self.texts.get(language) or self.texts.get("en", ""))


class QuestionAudio(Sound):
    """A question read aloud in one language."""

    question = models.ForeignKey(EasyQuestion, on_delete=models.CASCADE, related_name="audio")
    language = models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "language"], name="audio_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.language}"


class FormResponse(models.Model):
    """One person's answers to a form. Days alone are stored, and no way back to a device.

    `place` is the hash of the secret in the address of the half-filled form, `receipt` that of the
    code the person took home.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    form = models.ForeignKey(EasyForm, on_delete=models.CASCADE, related_name="responses")
    place = models.CharField(max_length=64, unique=True)
    receipt = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES)
    may_quote = models.BooleanField(_("words may be printed"), default=False)
    is_paper = models.BooleanField(_("filled in on paper"), default=False)
    started_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)

    objects = querysets.ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["form", "pk"]

    def __str__(self) -> str:
        return f"{self.form_id} {self.pk}"


class FormAnswer(Sound):
    """The answer to one question: a value, words or a voice message; none of them when skipped.

    `words` wait for somebody of the country to take details out (`checked_on`); everybody else
    reads `clean_words`. The sound is a voice message, gone once it is written down.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    response = models.ForeignKey(FormResponse, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(EasyQuestion, on_delete=models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    words = LongTextField(blank=True, max_length=4000)
    clean_words = LongTextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], name="answer_once_per_question"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5),
                name="answer_value_on_its_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.question_id}"
