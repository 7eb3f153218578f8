"""How long each kind is kept, and from which day its clock runs.

recording     from the day it was written down, and in any case 90 days after it was uploaded
voice         from the day the form was answered
words         from the day the group or the form closed
consent       from the same day: consents, participant codes and what is left of an answered form
attendance    from the day of the session

A group that was never closed counts from the day of its session. Something is deleted on the day
that lies so many days later, never before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.apps import apps as installed
from django.db import models
from django.db.models import DateField, ExpressionWrapper, F
from django.db.models.functions import Cast, Coalesce, Least

from feedback.focus_groups.enums import Kept
from feedback.focus_groups.models import (
    AttendanceLine,
    Consent,
    FocusGroup,
    FormAnswer,
    FormResponse,
    Participant,
    Priority,
    Quote,
    Recording,
    RetentionRule,
)

# Days, before anybody decided otherwise. Proof that work was done is kept for five years.
DEFAULTS = {
    Kept.RECORDING: 30,
    Kept.VOICE: 30,
    Kept.WORDS: 730,
    Kept.CONSENT: 1825,
    Kept.ATTENDANCE: 1825,
}
# A recording that nobody writes down goes all the same.
UNWRITTEN_AT_MOST = 90
_OF_ROW = {
    Recording: Kept.RECORDING,
    Quote: Kept.WORDS,
    Priority: Kept.WORDS,
    FocusGroup: Kept.WORDS,
    Participant: Kept.WORDS,
    FormResponse: Kept.WORDS,
    Consent: Kept.CONSENT,
    AttendanceLine: Kept.ATTENDANCE,
}


def lay_out(*, apps: Any = installed, using: str = "default", **_signal: Any) -> None:
    """Adds the rules that are missing after a migration; rules that exist stay as they are."""
    try:
        rules = apps.get_model("feedback", "RetentionRule")
    except LookupError:
        return  # a state from before the table existed
    rules._base_manager.using(using).bulk_create(
        [rules(kind=str(kind), days=days) for kind, days in DEFAULTS.items()],
        ignore_conflicts=True,
    )


def days_kept() -> dict[Kept, int]:
    """The days of every kind."""
    stored = dict(RetentionRule.objects.values_list("kind", "days"))
    return {kind: stored.get(kind, default) for kind, default in DEFAULTS.items()}


def delete_on(
    row: models.Model, kind: Kept | None = None, *, days: Mapping[Kept, int] | None = None
) -> date:
    """The day on which the row, or what it holds of `kind`, is deleted.

    Without a kind: a recording's sound, an answer's voice message or else its words, what a
    participant or an answered form said. `days` saves the query for the rules.
    """
    if kind is None:
        spoken = isinstance(row, FormAnswer) and row.file
        kind = Kept.VOICE if spoken else _OF_ROW.get(type(row), Kept.WORDS)
    kept = (days or days_kept())[kind]
    clock = clock_of(type(row), kind, kept)
    start = type(row)._default_manager.values_list(clock, flat=True).get(pk=row.pk)
    return start + timedelta(days=kept)


def clock_of(model: type[models.Model], kind: Kept, days: int) -> Cast:
    """The day from which what a model's rows hold of a kind is counted, kept for so many days."""
    return Cast(_start(model, kind, days), DateField())


def _start(model: type[models.Model], kind: Kept, days: int) -> Any:
    if model is Recording and kind == Kept.RECORDING:
        # Counted from here it goes on the same day as 90 days after the upload.
        latest = ExpressionWrapper(
            F("uploaded_on") + timedelta(days=UNWRITTEN_AT_MOST - days), output_field=DateField()
        )
        return Least(F("written_down_on"), Cast(latest, DateField()))
    if model is FormAnswer and kind == Kept.VOICE:
        return Coalesce("response__finished_on", "response__started_on")
    fixed = {
        AttendanceLine: "group__session__wall_day",
        FormAnswer: "response__form__closes_on",
        FormResponse: "form__closes_on",
    }
    if model in fixed:
        return F(fixed[model])
    paths: dict[type[models.Model], str] = {FocusGroup: "", Consent: "participant__group__"}
    path = paths.get(model, "group__")
    return Coalesce(f"{path}closed_on", f"{path}session__wall_day")
