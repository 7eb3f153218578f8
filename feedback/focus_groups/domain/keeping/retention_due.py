"""What is due: the rows that still hold something of a kind, and how it is taken out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from cop_platform.common import sounds
from experts.models import User
from feedback.focus_groups.domain.keeping import retention
from feedback.focus_groups.enums import HOSTS, Kept
from feedback.focus_groups.models import (
    AttendanceLine,
    FocusGroup,
    FormAnswer,
    FormResponse,
    Participant,
    Priority,
    Quote,
    Recording,
)


@dataclass(frozen=True)
class Target:
    """Rows of `model` that match `holds` still hold what is of `kind`; `remove` takes it away.

    `holder` is the path to the group's session or to the form, `country` that to the country.
    """

    kind: Kept
    model: type[models.Model]
    holds: Q
    remove: Callable[[Any, date], object]
    holder: str
    country: str

    def due(self, day: date, days: Mapping[Kept, int]) -> models.QuerySet:
        """The rows whose time is over on `day`."""
        kept = days[self.kind]
        clock = retention.clock_of(self.model, self.kind, kept)
        rows = self.model._default_manager.filter(self.holds).alias(clock=clock)
        return rows.filter(clock__lte=day - timedelta(days=kept))


@dataclass(frozen=True, order=True)
class Coming:
    """Something that goes on a day: of which group or form, in which country."""

    day: date
    kind: str
    country: str
    title: str

    @property
    def label(self) -> str:
        return str(Kept(self.kind).label)


def coming(user: User, *, day: date, within: int) -> list[Coming]:
    """What goes until so many days after `day` in the user's countries, the earliest first."""
    days = retention.days_kept()
    found: set[Coming] = set()
    for target in TARGETS:
        kept = days[target.kind]
        rows = target.due(day + timedelta(days=within), days)
        if not user.access.is_manager:
            rows = rows.filter(**{f"{target.country}__in": user.access.countries(*HOSTS)})
        clock = retention.clock_of(target.model, target.kind, kept)
        for start, country, title in rows.values_list(
            clock, target.country.removesuffix("_id") + "__code", f"{target.holder}__title"
        ).distinct():
            goes = max(day, start + timedelta(days=kept))
            found.add(Coming(goes, str(target.kind), country, title))
    return sorted(found)


def _drop_sound(row: Recording | FormAnswer, day: date) -> None:
    if isinstance(row, Recording):
        row.deleted_on = day
        row.save(update_fields=["deleted_on"])
    sounds.drop(row)


def _empty_quote(quote: Quote, day: date) -> None:
    for name in ("words", "rendering", "nonverbal", "clean_words", "clean_rendering"):
        setattr(quote, name, "")
    quote.words_deleted_on = day
    quote.save()


def _emptied(*names: str) -> Callable[[Any, date], object]:
    def remove(row: Any, _day: date) -> None:
        for name in names:
            setattr(row, name, "")
        row.save(update_fields=names)

    return remove


def _delete(row: models.Model, _day: date) -> None:
    row.delete()


def _delete_response(response: FormResponse, _day: date) -> None:
    files = list(response.answers.exclude(file="").values_list("file", flat=True))
    response.delete()
    for file in files:
        default_storage.delete(file)


_GROUP = {"holder": "group__session", "country": "group__country_id"}
TARGETS = (
    Target(Kept.RECORDING, Recording, ~Q(file=""), _drop_sound, **_GROUP),
    Target(
        Kept.VOICE,
        FormAnswer,
        ~Q(file=""),
        _drop_sound,
        "response__form",
        "response__form__country_id",
    ),
    Target(Kept.WORDS, Quote, Q(words_deleted_on=None), _empty_quote, **_GROUP),
    Target(Kept.WORDS, Priority, Q(), _delete, **_GROUP),
    Target(Kept.WORDS, Recording, ~Q(transcript=""), _emptied("transcript"), **_GROUP),
    Target(
        Kept.WORDS,
        FocusGroup,
        ~Q(incidents=""),
        _emptied("incidents"),
        "session",
        "country_id",
    ),
    Target(
        Kept.WORDS,
        FormAnswer,
        ~Q(words="") | ~Q(clean_words=""),
        _emptied("words", "clean_words"),
        "response__form",
        "response__form__country_id",
    ),
    Target(Kept.CONSENT, Participant, Q(), _delete, **_GROUP),
    Target(Kept.CONSENT, FormResponse, Q(), _delete_response, "form", "form__country_id"),
    Target(Kept.ATTENDANCE, AttendanceLine, Q(), _delete, **_GROUP),
)
