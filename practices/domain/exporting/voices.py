"""The Chatham House rule: what was said is told, who said it is a role and a country."""

from __future__ import annotations

from typing import Any

from cop_platform.common.reporting.unnamed import without_names
from experts.enums import Role
from experts.models import Membership, Person

# Who holds several roles speaks in the first of these.
_ORDER = (Role.EXPERT, Role.FACILITATOR, Role.AUTHOR, Role.COORDINATOR, Role.PARTNER)


class Voices:
    """Everybody of the project as a role and a country; read once, three queries."""

    def __init__(self) -> None:
        people = Person.objects.select_related("country", "expert").order_by("pk")
        roles: dict[int, set[str]] = {}
        for person_id, role in Membership.objects.values_list("person_id", "role"):
            roles.setdefault(person_id, set()).add(role)
        self._names: list[str] = []
        self._said: dict[int, str] = {}
        for person in people:
            self._names.append(person.name)
            self._said[person.pk] = _voice(person, roles.get(person.pk, set()))

    def of(self, person_id: int) -> str:
        """How this person is told of: "Legal adviser, BG"."""
        return self._said[person_id]

    def clean(self, told: Any) -> Any:
        """The same lists and dictionaries, no text in them with an address or anybody's name."""
        if isinstance(told, str):
            return without_names(told, self._names)
        if isinstance(told, list):
            return [self.clean(one) for one in told]
        if isinstance(told, dict):
            return {key: self.clean(value) for key, value in told.items()}
        return told


def _voice(person: Person, roles: set[str]) -> str:
    expert = getattr(person, "expert", None)
    known = next((role for role in _ORDER if role in roles), None) or next(iter(sorted(roles)), "")
    label = str(Role(known).label) if known else ""
    said = str(expert.get_profession_display()) if expert else label
    return ", ".join(part for part in (said, person.country.code if person.country else "") if part)
