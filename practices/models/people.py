"""Members to members: choices, buddies, coffee, offers and needs, words to each other, help."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from experts.models import Country, Person, Topic
from practices import querysets
from practices.enums import FirstStep, HelpKind, Met, NoteKind, Wish

# Nobody helps a colleague for longer than a working day in one go.
MOST_MINUTES = 600


class MemberChoice(models.Model):
    """What a member chose of this part; no row is the same as nothing chosen, all of it closed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="choice")
    stream_open = models.BooleanField(default=False)
    coffee = models.BooleanField(default=False)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}"


class FirstRun(models.Model):
    """How far a newcomer came on the first run; `done` holds the steps taken or skipped."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="first_run")
    done = ArrayField(
        models.CharField(max_length=10, choices=FirstStep.choices), default=list, blank=True
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {len(self.done)}"


class Buddyship(models.Model):
    """Somebody a newcomer can ask anything, from a day to a day; one at a time."""

    newcomer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="buddies")
    buddy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looks_after")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = querysets.BuddyshipQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["newcomer"],
                condition=Q(ended_on__isnull=True),
                name="buddy_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(newcomer=F("buddy")), name="buddy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.newcomer_id}: {self.buddy_id}"


class CoffeeRound(models.Model):
    """One draw of pairs; `made_by` is empty where the month's first tick made it."""

    number = models.PositiveSmallIntegerField(unique=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"


class CoffeePair(models.Model):
    """Two or three people drawn for a talk; one seat alone means that nobody fitted this time."""

    round = models.ForeignKey(CoffeeRound, on_delete=models.CASCADE, related_name="pairs")

    objects = querysets.CoffeePairQuerySet.as_manager()

    class Meta:
        ordering = ["-round__number", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.pk}"


class CoffeeSeat(models.Model):
    """Somebody's place in a pair, and what they say became of it."""

    pair = models.ForeignKey(CoffeePair, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="coffees")
    said = models.CharField(max_length=3, choices=Met.choices, default=Met.UNSAID, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="coffee_seat_once")]

    def __str__(self) -> str:
        return f"{self.pair_id}: {self.person_id}"


class Exchange(QuickLabels):
    """What a member offers or needs, until a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exchanges")
    wish = models.CharField(_("offer or need"), max_length=5, choices=Wish.choices)
    words = LineField(_("what"), max_length=200)
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    until = models.DateField(_("until"))
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.words


class ExchangeMatch(models.Model):
    """An offer was found to answer a need of another country; both were told, once."""

    offer = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "need"], name="exchange_matched_once")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.need_id}"


class Note(QuickLabels):
    """A few words from one member to another; thanks are shown where the receiver says so."""

    kind = models.CharField(max_length=7, choices=NoteKind.choices)
    sender = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes_sent")
    receiver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes_received")
    words = LongTextField(_("words"))
    at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    exchange = models.ForeignKey(
        Exchange, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes"
    )

    objects = querysets.NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["receiver", "-at"], name="note_of_receiver")]
        constraints = [
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="note_to_another"),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True) | Q(kind=NoteKind.THANKS),
                name="note_shown_is_thanks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.receiver_id}"


class HelpGiven(QuickLabels):
    """A line of somebody's own log: how they helped, how long, whom or which country."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="help_given")
    kind = models.CharField(_("kind of help"), max_length=12, choices=HelpKind.choices)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    on = models.DateField(_("day"))
    to_person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="help_received"
    )
    to_country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = querysets.HelpQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on"], name="help_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                name="help_minutes_plausible",
            ),
            models.CheckConstraint(
                condition=Q(to_person__isnull=True) | ~Q(to_person=F("person")),
                name="help_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.minutes}"
