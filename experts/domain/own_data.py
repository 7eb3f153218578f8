"""What the platform knows about one person, collected along the register of personal data."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from cop_platform.common import personal_data
from experts.models import Person

# A password's hash and keys that let somebody in are nobody's to hand out.
_NEVER = {"password", "token_hash", "session_generation"}


def collect(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The registered fields of every row about the person, by model.

    Reviews are missing on purpose: under which code somebody reviewed is told to that person
    alone, on their own pages.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for record in personal_data.records():
        if not record.about:
            continue
        fields = [name for name in record.fields if name not in _NEVER]
        rows = apps.get_model(record.model)._base_manager.filter(**{record.about: person.pk})
        values = list(rows.order_by("pk").values("pk", *fields))
        if values:
            found.setdefault(record.model, []).extend(values)
    return found
