"""Good practices: a card in versions, checked in two steps, and the partners who adopted it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Partner, Person, Topic
from materials.models import Material
from practices import querysets
from practices.enums import CheckStep, Inclusion, Maturity, Use

LICENCES = [("CC BY 4.0", "CC BY 4.0"), ("CC BY-SA 4.0", "CC BY-SA 4.0"), ("CC0 1.0", "CC0 1.0")]


class Practice(QuickLabels):
    """A way of working with migrants that somebody tried; what it says stands in its versions.

    `current` is the published version, empty until there is one. `partner` is where it comes from.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="practices")
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="practices"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="practices")
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
    )
    materials = models.ManyToManyField(
        Material, verbose_name=_("materials it goes with"), related_name="practices", blank=True
    )
    tags = ArrayField(LineField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    maturity = models.CharField(
        _("maturity"), max_length=10, choices=Maturity.choices, default=Maturity.INNOVATION
    )
    current = models.OneToOneField(
        "PracticeVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    retired_why = LineField(_("why it is no longer recommended"), blank=True)

    objects = querysets.PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "pk"]
        verbose_name = _("good practice")

    def __str__(self) -> str:
        return self.current.title if self.current else f"{self.pk}"

    def get_absolute_url(self) -> str:
        return numbered("practice_detail", self.pk)


class PracticeVersion(QuickLabels):
    """The card as it stood once: published ones are never changed.

    A draft that was `discarded_on` a day is its author's alone until the clock takes it away.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    language = models.CharField(
        _("language"), max_length=3, choices=settings.PROJECT_LANGUAGES, default="en"
    )
    title = LineField(_("title"))
    place = LineField(_("place"), blank=True)
    need = LongTextField(_("the need it answers"))
    steps = LongTextField(_("steps"))
    resources = LongTextField(_("what it takes"), blank=True)
    result = LongTextField(_("what came of it"), blank=True)
    evidence = LongTextField(_("how we know"), blank=True)
    lessons = LongTextField(_("lessons"), blank=True)
    conditions = LongTextField(_("what must be there for it to work"), blank=True)
    adaptable = LongTextField(_("what can be changed"), blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=LICENCES, default="CC BY 4.0")
    inclusion = ArrayField(
        models.CharField(max_length=12, choices=Inclusion.choices),
        verbose_name=_("looked at for"),
        default=list,
        blank=True,
    )
    what_changed = LineField(_("what changed"), blank=True)
    step = models.CharField(max_length=10, choices=CheckStep.choices, default=CheckStep.DRAFT)
    submitted_on = models.DateField(null=True, blank=True)
    screened_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    screened_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    returned_why = LongTextField(_("what is asked"), blank=True)
    discarded_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.PracticeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["practice", "-number"]
        indexes = [models.Index(fields=["-published_on"], name="practice_newest")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="practice_version_once"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=~Q(step=CheckStep.PUBLISHED),
                name="practice_one_version_at_work",
            ),
            models.CheckConstraint(
                condition=~Q(step=CheckStep.PUBLISHED)
                | Q(published_on__isnull=False, screened_by__isnull=False),
                name="practice_published_after_both_checks",
            ),
            models.CheckConstraint(
                condition=Q(discarded_on__isnull=True)
                | Q(step__in=[CheckStep.DRAFT, CheckStep.RETURNED]),
                name="practice_discarded_is_a_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"

    def get_absolute_url(self) -> str:
        return numbered("practice_version", self.pk)


class Adoption(QuickLabels):
    """Another partner uses a version of a practice, and says what was changed and what came of it.

    Never the partner it comes from.
    """

    version = models.ForeignKey(PracticeVersion, on_delete=models.PROTECT, related_name="adoptions")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="adoptions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adoptions")
    use = models.CharField(_("use"), max_length=10, choices=Use.choices, default=Use.PLANNED)
    adapted = LongTextField(_("what we changed"), blank=True)
    outcome = LongTextField(_("what came of it"), blank=True)
    adopted_on = models.DateField()
    reported_on = models.DateField(null=True, blank=True)
    became = models.ForeignKey(
        Practice,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="grown_from",
        verbose_name=_("practice that grew out of it"),
    )
    revision = models.PositiveIntegerField(default=1)

    objects = querysets.MembersQuerySet.as_manager()

    class Meta:
        ordering = ["-adopted_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "partner"], name="version_adopted_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.version}"
