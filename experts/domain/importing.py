"""Experts out of a list: every cell is checked first, then all rows are written or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from time import sleep
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _

from cop_platform.common.long_work import Progress
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.domain.expert_lists import CellError, ExpertRow, Reader, places
from experts.domain.sheets import Row
from experts.enums import Role, Stage
from experts.models import Expert, Membership, Person, User
from experts.permissions import may_import

_BATCH = 500
_FIELDS = ["name", "country", "languages", "zone"]
_LOCK = 7_301_943
_LOOK_AGAIN = 0.5  # seconds


def _silently(_percent: int, _step: str) -> None:
    """Progress that nobody watches."""


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


def check(table: list[Row], by: User | None, *, progress: Progress = _silently) -> Checked:
    """Looks at every cell; writes nothing. `by` None is the command line, without borders.

    Two queries, however long the list is. Raises Unreadable when there is no header, Refused, and
    what `progress` raises to stop the work.
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
        for done, (number, row) in enumerate(rows):
            if done % _BATCH == 0:
                progress(_share(0, 30, done, len(rows)), _("Looking at the list"))
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


def run(
    *,
    table: list[Row],
    by: User | None,
    at: datetime,
    progress: Progress = _silently,
    ending: Callable[[Checked], None] = lambda checked: None,
) -> Outcome:
    """Writes all rows, or none when a cell is wrong. Known addresses are updated.

    `progress` is told each step and may raise to stop the work; `ending` is called last in the
    transaction that writes. Raises Refused, Unreadable, ImportConflict.
    """
    try:
        with transaction.atomic():
            _wait_for_others(progress)
            checked = check(table, by, progress=progress)
            if checked.errors:
                return preview(checked)
            people = _write_people(checked, progress)
            _write_experts(checked.valid, people, progress)
            _write_memberships(checked.valid, people, at, progress)
            _record(checked.valid, by, at)
            ending(checked)
    except IntegrityError as error:
        raise ImportConflict(
            _("Somebody in this list was added a moment ago. Nothing was written; try again.")
        ) from error
    return Outcome(checked.rows, len(checked.valid), checked.to_create, checked.to_update, [])


def _wait_for_others(progress: Progress) -> None:
    """One import at a time; the lock ends with this transaction.

    Asked again and again, so that who waits gives signs of life and can be stopped.
    """
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if cursor.fetchone()[0]:
                return
            progress(0, _("Waiting for another import to end"))
            sleep(_LOOK_AGAIN)


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


def _share(start: int, end: int, done: int, of: int) -> int:
    """Percent of the whole work, where this part of it goes from `start` to `end`."""
    return start + (end - start) * done // of


def _in_batches(
    rows: Iterable[Any],
    write: Callable[[list[Any]], object],
    progress: Progress,
    span: tuple[int, int],
    step: str,
) -> None:
    """Writes rows some hundred at a time and tells of each batch; `span` is in percent."""
    rows = list(rows)
    for done in range(0, len(rows), _BATCH):
        progress(_share(*span, done, len(rows)), step)
        write(rows[done : done + _BATCH])


def _write_people(checked: Checked, progress: Progress) -> dict[str, Person]:
    """People of the list by address: the known ones changed, the others made."""
    for row in checked.valid:
        person = checked.known.get(row.email)
        if person:
            _fill(person, row)
    step = _("Writing the people")
    _in_batches(
        checked.known.values(),
        lambda batch: Person.objects.bulk_update(batch, _FIELDS),
        progress,
        (30, 60),
        step,
    )
    new = [
        _fill(Person(email=row.email, language=row.country.language), row)
        for row in checked.valid
        if row.email not in checked.known
    ]
    _in_batches(new, Person.objects.bulk_create, progress, (60, 75), step)
    return checked.known | {person.email: person for person in new}


def _fill(person: Person, row: ExpertRow) -> Person:
    person.name, person.country, person.zone = row.name, row.country, row.zone
    person.languages = row.languages
    return person


def _write_experts(
    rows: Iterable[ExpertRow], people: dict[str, Person], progress: Progress
) -> None:
    def write(batch: list[Expert]) -> None:
        Expert.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["profession", "years", "groups"],
        )

    experts = [
        Expert(
            person=people[row.email], profession=row.profession, years=row.years, groups=row.groups
        )
        for row in rows
    ]
    _in_batches(experts, write, progress, (75, 90), _("Writing what they are experts in"))


def _write_memberships(
    rows: Sequence[ExpertRow], people: dict[str, Person], at: datetime, progress: Progress
) -> None:
    """Everybody belongs to the country's community as an expert, once; a last day is kept."""
    cops = {row.country.cop.pk for row in rows}
    experts = Membership.objects.current().filter(role=Role.EXPERT, cop__in=cops)
    held = set(experts.order_by().values_list("person_id", "cop_id"))

    def write(batch: list[Membership]) -> None:
        Membership.objects.bulk_create(batch, ignore_conflicts=True)

    memberships = [
        Membership(
            person=people[row.email],
            cop=row.country.cop,
            role=Role.EXPERT,
            stage=Stage.NEWCOMER,
            joined_on=at.date(),
        )
        for row in rows
        if (people[row.email].pk, row.country.cop.pk) not in held
    ]
    _in_batches(memberships, write, progress, (90, 98), _("Adding them to their communities"))


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
