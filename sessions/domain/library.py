"""The library of kinds and methods: laid with the tables, edited by the project manager."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.apps import apps as installed
from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from sessions import permissions
from sessions.domain import reminder_rules, standards
from sessions.domain.reminder_rules import ReminderRule
from sessions.models import KindTemplate, Method


class LibraryEditedMeanwhile(NotPossible):
    """Somebody else saved this template after this editor opened it."""


class StepsMissing(NotPossible):
    """A template without a step would fill nothing in."""


@dataclass(frozen=True)
class KindContent:
    """What a template of a kind fills in; steps are (title, minutes)."""

    steps: tuple[tuple[str, int], ...]
    duties_needed: tuple[str, ...]
    reminders: tuple[ReminderRule, ...]
    guest_rule: str
    capacity: int | None
    documents: tuple[str, ...]
    chatham_house: bool


@dataclass(frozen=True)
class MethodContent:
    """A method's words and steps."""

    name: str
    purpose: str
    steps: tuple[tuple[str, int], ...]


def lay_out(*, apps: Any = installed, using: str = "default", **_signal: Any) -> None:
    """Adds the rows that are missing; rows that exist stay as people edited them.

    Runs after every migration and after a database was emptied, so that no session is ever
    planned without a library. `apps` may be a state from before the tables existed.
    """
    try:
        kind_model = apps.get_model("cop_sessions", "KindTemplate")
        method_model = apps.get_model("cop_sessions", "Method")
    except LookupError:
        return
    if not {field.name for field in KindTemplate._meta.fields} <= {
        field.name for field in kind_model._meta.get_fields()
    }:
        return  # a state from before the tables were what they are now
    kinds = [kind_model(kind=str(k), **s.values(k)) for k, s in standards.KINDS.items()]
    kind_model._base_manager.using(using).bulk_create(kinds, ignore_conflicts=True)
    methods = [method_model(number=m.number, **m.values()) for m in standards.METHODS]
    method_model._base_manager.using(using).bulk_create(methods, ignore_conflicts=True)


@transaction.atomic
def save_kind(
    *, template_id: int, version: int, content: KindContent, by: User, at: datetime
) -> KindTemplate:
    """Changes what a kind fills in. Raises Refused, LibraryEditedMeanwhile, StepsMissing,
    UnknownRung, BadReminder.
    """
    template = _opened(KindTemplate, template_id, version, by)
    values = asdict(content) | {"reminders": reminder_rules.tidy(content.reminders)}
    return _saved(template, values, by, at, deed="kind template edited")


@transaction.atomic
def restore_kind(*, template_id: int, version: int, by: User, at: datetime) -> KindTemplate:
    """Brings the standard back. Raises Refused, LibraryEditedMeanwhile."""
    template = _opened(KindTemplate, template_id, version, by)
    values = standards.KINDS[template.kind].values(template.kind)
    return _saved(template, values, by, at, deed="kind template restored")


@transaction.atomic
def save_method(
    *, method_id: int, version: int, content: MethodContent, by: User, at: datetime
) -> Method:
    """Changes a method. Raises Refused, LibraryEditedMeanwhile, StepsMissing."""
    method = _opened(Method, method_id, version, by)
    return _saved(method, asdict(content), by, at, deed="method edited")


@transaction.atomic
def restore_method(*, method_id: int, version: int, by: User, at: datetime) -> Method:
    """Brings the standard back. Raises Refused, LibraryEditedMeanwhile."""
    method = _opened(Method, method_id, version, by)
    values = standards.method(method.number).values()
    return _saved(method, values, by, at, deed="method restored")


def _opened(model: Any, pk: int, version: int, by: User) -> Any:
    permissions.may_edit_library(by)
    row = model.objects.select_for_update().get(pk=pk)
    if row.version != version:
        raise LibraryEditedMeanwhile(
            _("Somebody else changed this template while you were editing.")
        )
    return row


def _saved(row: Any, values: dict[str, Any], by: User, at: datetime, *, deed: str) -> Any:
    if not values["steps"]:
        raise StepsMissing(_("Write at least one step."))
    for name, value in values.items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.version += 1
    row.changed_by, row.changed_at = by.person, at
    row.save()
    audit.record(deed=deed, about=row, by=by, at=at, version=row.version)
    return row


def template_of(kind: str) -> KindTemplate:
    """What choosing this kind fills in."""
    return KindTemplate.objects.get(kind=kind)
