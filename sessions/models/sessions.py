"""Sessions, their agenda, their rooms and who has which duty."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cop_platform.common import competences as frames
from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import When, validate_day, validate_zone, zone_data_version
from experts.models import CommunityOfPractice, Country, Person, Topic
from materials.models import Material
from sessions import querysets
from sessions.enums import Duty, GuestRule, Kind, Mode, Status
from sessions.models.goals import Goal
from sessions.models.series import Series


def usual_reminders() -> list[dict[str, str]]:
    """Reminders of a session that no kind shaped: one day before, by the wall clock."""
    return [{"offset": "-1d", "audience": "invited", "mail": "reminder", "channel": "mail"}]


class TimeRange(Func):
    """The half-open range [starts_at, ends_at) of a row, in UTC."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Room(models.Model):
    """A place that holds one session at a time."""

    name = LineField(_("room"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="rooms")
    address = LineField(_("address"), blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    objects = querysets.RoomQuerySet.as_manager()

    class Meta:
        ordering = ["country__code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="room_once_per_country")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Name and address, as a guest reads them."""
        return ", ".join(part for part in (self.name, self.address) if part)


class CopSession(QuickLabels):
    """One meeting of one or more communities.

    The wall time and the zone are what people agreed on; `starts_at` and `ends_at` are the UTC
    instants derived from them. `sequence` counts changes that calendars must hear of,
    `version` every change, for editors who meet. A session of a series is one occurrence of it:
    `original_start` is the UTC instant the rule gave it, and names it in calendars for good
    (RECURRENCE-ID), wherever it is moved. `last_day` makes a workshop of several days, shown as
    all-day; `minutes` is then the length of each day. `reminders` are rules, see
    domain/reminder_rules.py. `zone_rules` is the version of the zone database by which the instants
    were derived: when clocks are decreed to change otherwise, they are derived anew. With
    `chatham_house` nobody is told who was there, see domain/house_rule.py.
    """

    title = LineField(_("title"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    host_cops = models.ManyToManyField(
        CommunityOfPractice, verbose_name=_("host communities"), related_name="sessions"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    materials = models.ManyToManyField(
        Material, verbose_name=_("materials on the table"), related_name="sessions", blank=True
    )
    purpose = LongTextField(_("purpose"), blank=True)
    wall_day = models.DateField(_("day"), validators=[validate_day])
    wall_clock = models.TimeField(_("start"))
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    place = LineField(_("place"), blank=True)
    online_link = models.URLField(_("online link"), max_length=500, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = LineField(_("reason"), blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True, validators=[validate_day])
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    original_start = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("languages of the session"),
        default=list,
        blank=True,
    )
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    duties_needed = ArrayField(
        models.CharField(max_length=15, choices=Duty.choices),
        verbose_name=_("roles needed"),
        default=list,
        blank=True,
    )
    reminders = models.JSONField(_("reminders"), default=usual_reminders, blank=True)
    zone_rules = models.CharField(max_length=20, default=zone_data_version, editable=False)
    guest_rule = models.CharField(
        _("who is asked"), max_length=10, choices=GuestRule.choices, default=GuestRule.CHOSEN
    )
    competences = ArrayField(
        models.CharField(max_length=frames.LENGTH),
        verbose_name=_("competences"),
        default=list,
        blank=True,
    )
    documents = ArrayField(LineField(), verbose_name=_("documents"), default=list, blank=True)
    chatham_house = models.BooleanField(_("Chatham House rule"), default=False)

    objects = querysets.CopSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        indexes = [
            models.Index(
                fields=["last_day"],
                condition=Q(last_day__isnull=False),
                name="session_workshop_end",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=1440), name="session_length_plausible"
            ),
            models.CheckConstraint(
                condition=Q(competences__len__lte=frames.MOST), name="session_few_competences"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, original_start__isnull=True)
                | Q(series__isnull=False, original_start__isnull=False),
                name="session_of_series_has_its_place",
            ),
            models.UniqueConstraint(
                fields=["series", "original_start"], name="occurrence_once_in_series"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gt=F("wall_day")),
                name="session_last_day_after_first",
            ),
            ExclusionConstraint(
                name="room_holds_one_session",
                expressions=[
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("room", RangeOperators.EQUAL),
                ],
                condition=Q(cancelled_at__isnull=True, room__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return numbered("session_detail", self.pk)

    @property
    def wall_start(self) -> datetime:
        """The naive wall time people agreed on."""
        return datetime.combine(self.wall_day, self.wall_clock)

    def when(self, reader_zone: str) -> When:
        """Its time as this reader meets it; of a workshop, all its days."""
        return When(self.starts_at, self.minutes, self.zone, reader_zone, self.last_day)

    def status(self, at: datetime) -> Status:
        if self.cancelled_at:
            return Status.CANCELLED
        if at < self.starts_at:
            return Status.PLANNED
        return Status.OPEN if at < self.ends_at else Status.ENDED

    @property
    def calendar_uid(self) -> str:
        """What calendars know this session by: one UID for a whole series (RFC 5545 3.8.4.7)."""
        return str(self.series.uid if self.series else self.uid)

    @property
    def shown_days(self) -> tuple[date, date] | None:
        """First and last day of an all-day workshop; None for a session with hours."""
        return (self.wall_day, self.last_day) if self.last_day else None

    @property
    def country_codes(self) -> list[str]:
        """Codes of the host countries; uses the prefetched hosts."""
        return sorted(cop.country.code for cop in self.host_cops.all() if cop.country)

    def know_hosts(self, cops: list[CommunityOfPractice]) -> None:
        """Hands over the hosts that a page has asked for already, as prefetching does."""
        hosts: Any = self.host_cops.all()
        hosts._result_cache, hosts._prefetch_done = cops, True
        self._prefetched_objects_cache = {"host_cops": hosts}


class AgendaStep(models.Model):
    """A timed part of a session."""

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = LineField(_("step"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="step_position_once")
        ]

    def __str__(self) -> str:
        return self.title


class DutyHolder(QuickLabels):
    """Who leads a session, takes its notes or interprets, from one language into another."""

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="duty_holders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duties")
    duty = models.CharField(_("role"), max_length=15, choices=Duty.choices)
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("interprets between"),
        default=list,
        blank=True,
    )

    class Meta:
        ordering = ["duty", "person__name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "duty"], name="duty_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.person}"


class CountrySeats(models.Model):
    """How many seats of a session are for guests of one country at most."""

    session = models.ForeignKey(CopSession, on_delete=models.CASCADE, related_name="country_seats")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        ordering = ["country__code"]
        verbose_name_plural = _("seats by country")
        constraints = [
            models.UniqueConstraint(fields=["session", "country"], name="country_seats_once")
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.seats}"
