"""Experts out of a list: every cell is checked first, then all rows are written or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.domain.expert_lists import CellError, ExpertRow, Reader, places
from experts.domain.sheets import Row
from experts.enums import Role, Stage
from experts.models import Expert, Membership, Person, User
from experts.permissions import may_import

_BATCH = 500
_LOCK = 7_301_943


class ImportConflict(NotPossible):
    """Somebody was added by another way while the import ran."""


@dataclass
class Checked:
    """A list after the check; `known` are people with one of its addresses, by address."""

    rows: int = 0
    valid: list[ExpertRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    known: dict[str, Person] = field(default_factory=dict)

    @property
    def to_update(self) -> int:
        return sum(row.email in self.known for row in self.valid)

    @property
    def to_create(self) -> int:
        return len(self.valid) - self.to_update


@dataclass(frozen=True)
class Outcome:
    """What an import did. `created` and `updated` count people that were written."""

    rows: int
    valid: int
    created: int
    updated: int
    errors: list[CellError]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check(table: list[Row], by: User | None) -> Checked:
    """Looks at every cell; writes nothing. `by` None is the command line, without borders.

    Two queries, however long the list is. Raises Unreadable when there is no header, Refused.
    """
    if by is not None:
        may_import(by)
    columns, errors = places(table[0])
    checked = Checked(errors=errors)
    rows = [(n, row) for n, row in enumerate(table[1:], start=2) if any(c.strip() for c in row)]
    checked.rows = len(rows)
    if errors:
        return checked
    with translation.override("en"):
        reader = Reader(by)
        for number, row in rows:
            cells = {name: row[i] if i < len(row) else "" for name, i in columns.items()}
            found = reader.read(number, cells)
            if isinstance(found, ExpertRow):
                checked.valid.append(found)
            else:
                checked.errors += found
    _know(checked, by)
    return checked


def preview(checked: Checked) -> Outcome:
    """The check as an outcome: nothing was written."""
    return Outcome(checked.rows, len(checked.valid), 0, 0, checked.errors)


def run(*, table: list[Row], by: User | None, at: datetime) -> Outcome:
    """Writes all rows, or none when a cell is wrong. Known addresses are updated.

    Raises Refused, Unreadable, ImportConflict.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            checked = check(table, by)
            if checked.errors:
                return preview(checked)
            people = _write_people(checked)
            _write_experts(checked.valid, people)
            _write_memberships(checked.valid, people, at)
            _record(checked.valid, by, at)
    except IntegrityError as error:
        raise ImportConflict(
            _("Somebody in this list was added a moment ago. Nothing was written; try again.")
        ) from error
    return Outcome(checked.rows, len(checked.valid), checked.to_create, checked.to_update, [])


def _know(checked: Checked, by: User | None) -> None:
    """Finds who is known already; people of a foreign country stay out of reach."""
    emails = [row.email for row in checked.valid]
    known = Person.objects.annotate(lower=Lower("email")).filter(lower__in=emails)
    checked.known = {person.email.lower(): person for person in known}
    if by is None or by.access.is_manager:
        return
    kept = []
    for row in checked.valid:
        person = checked.known.get(row.email)
        if person and not by.access.coordinates(person.country_id):
            sentence = _("This address belongs to somebody of another country.")
            checked.errors.append(CellError(row.row, "email", row.email, sentence))
        else:
            kept.append(row)
    checked.valid = kept
    checked.errors.sort(key=lambda error: error.row)


def _write_people(checked: Checked) -> dict[str, Person]:
    """People of the list by address: the known ones changed, the others made."""
    for row in checked.valid:
        person = checked.known.get(row.email)
        if person:
            _fill(person, row)
    Person.objects.bulk_update(
        checked.known.values(), ["name", "country", "languages", "zone"], batch_size=_BATCH
    )
    new = [
        _fill(Person(email=row.email, language=row.country.language), row)
        for row in checked.valid
        if row.email not in checked.known
    ]
    Person.objects.bulk_create(new, batch_size=_BATCH)
    return checked.known | {person.email: person for person in new}


def _fill(person: Person, row: ExpertRow) -> Person:
    person.name, person.country, person.zone = row.name, row.country, row.zone
    person.languages = row.languages
    return person


def _write_experts(rows: Iterable[ExpertRow], people: dict[str, Person]) -> None:
    Expert.objects.bulk_create(
        [
            Expert(
                person=people[row.email],
                profession=row.profession,
                years=row.years,
                groups=row.groups,
            )
            for row in rows
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["profession", "years", "groups"],
    )


def _write_memberships(rows: Iterable[ExpertRow], people: dict[str, Person], at: datetime) -> None:
    """Everybody belongs to the country's community as an expert, once."""
    Membership.objects.bulk_create(
        [
            Membership(
                person=people[row.email],
                cop=row.country.cop,
                role=Role.EXPERT,
                stage=Stage.NEWCOMER,
                joined_on=at.date(),
            )
            for row in rows
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _record(rows: list[ExpertRow], by: User | None, at: datetime) -> None:
    """One deed per country, told of its community."""
    countries = {row.country.pk: row.country for row in rows}
    for country in countries.values():
        number = sum(row.country.pk == country.pk for row in rows)
        audit.record(
            deed="experts imported",
            about=country.cop,
            by=by,
            at=at,
            country_id=country.pk,
            people=number,
        )
