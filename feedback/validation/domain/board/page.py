"""The board of one page of materials, ready to show; the same cells for the table and the gate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from cop_platform.common.addresses import numbered
from experts import reference
from experts.enums import Role
from experts.models import Country, User
from feedback.changes.enums import Severity
from feedback.changes.models import ChangeRequest
from feedback.validation.domain.board import actions, asking, wording
from feedback.validation.domain.board.actions import Reader
from feedback.validation.domain.board.asking import BoardFilter, Facts
from feedback.validation.domain.board.states import GOOD_STATES, LOOKS, State
from materials.enums import MaterialAudience

PER_PAGE = 10


@dataclass(frozen=True)
class Cell:
    """One edition in one country, as plain values."""

    state: str
    kind: str
    icon: str
    label: str
    language: str
    version: int
    blocks: tuple[str, ...]
    notes: tuple[str, ...]
    action: str
    url: str


@dataclass(frozen=True)
class Row:
    """A material; `columns` are its cells by the codes of the board's countries, in their order.

    Plain values, so that a row is drawn once for everybody who sees the same.
    """

    code: str
    title: str
    audience: str
    url: str
    open: int
    critical: int
    changes_url: str
    columns: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Board:
    """`good` of `cells` in the filter can be relied on; `own` countries stand first."""

    rows: list[Row]
    countries: list[Country]
    own: frozenset[int]
    materials: int
    cells: int
    good: int


def build(wanted: BoardFilter, user: User, *, today: date, page: int) -> Board:
    """The page with this number, from 1 on; three questions."""
    own = frozenset() if user.access.is_manager else user.access.countries(Role.COORDINATOR)
    found = asking.ranked(
        wanted, own=own, today=today, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    cells = asking.facts(wanted, today=today, materials=found.keys) if found.keys else []
    changes = open_changes(found.keys) if found.keys else {}
    countries = _countries(wanted, own)
    return Board(
        rows=_rows(found.keys, cells, changes, countries, user),
        countries=countries,
        own=own,
        materials=found.materials,
        cells=found.cells,
        good=found.good,
    )


def open_changes(materials: Collection[int] | None = None) -> dict[int, tuple[int, int]]:
    """Undecided changes and the critical ones among them, by material; of all without keys.

    Only what may be told outside is counted, so that everybody reads the same number.
    """
    found = ChangeRequest.objects.told().undecided().order_by()
    if materials is not None:
        found = found.filter(material__in=materials)
    rows = found.values_list("material_id").annotate(
        n=Count("pk"), critical=Count("pk", filter=Q(severity=Severity.CRITICAL))
    )
    return {pk: (number, critical) for pk, number, critical in rows}


def _countries(wanted: BoardFilter, own: Collection[int]) -> list[Country]:
    """Own ones first."""
    shown = [c for c in reference.countries() if wanted.country in {None, c.pk}]
    return sorted(shown, key=lambda country: country.pk not in own)


def _rows(
    keys: list[int],
    cells: list[Facts],
    changes: dict[int, tuple[int, int]],
    countries: list[Country],
    user: User,
) -> list[Row]:
    reader = Reader(user)
    by_place: dict[tuple[int, int], list[Facts]] = {}
    for cell in cells:
        by_place.setdefault((cell.material_id, cell.country_id), []).append(cell)
    first = {cell.material_id: cell for cell in cells}
    rows = []
    for key in keys:
        number, critical = changes.get(key, (0, 0))
        columns = tuple(
            (c.code, tuple(draw(one, reader, critical) for one in by_place.get((key, c.pk), ())))
            for c in countries
        )
        rows.append(_row(first[key], number, critical, columns))
    return rows


def _row(
    cell: Facts,
    number: int,
    critical: int,
    columns: tuple[tuple[str, tuple[Cell, ...]], ...],
) -> Row:
    return Row(
        code=cell.code,
        title=cell.title,
        audience=str(MaterialAudience(cell.audience).label),
        url=numbered("material_detail", cell.material_id),
        open=number,
        critical=critical,
        changes_url=f"?material={cell.code}&state=open",
        columns=columns,
    )


def draw(cell: Facts, reader: Reader, critical: int) -> Cell:
    """A cell in words, for this reader."""
    state = State(cell.state)
    kind, icon = LOOKS[state]
    words = wording.of(cell, critical=critical, signs=reader.signs(cell))
    action = actions.of(cell, reader, critical=critical)
    return Cell(
        state=state.value,
        kind=kind,
        icon=icon,
        label=str(state.label),
        language=str(wording.LANGUAGES[cell.language]),
        version=cell.newest or 0,
        blocks=words.blocks,
        notes=words.notes,
        action=action.label,
        url=action.url,
    )


def is_good(cell: Facts) -> bool:
    """Whether the edition may be relied on in that country."""
    return cell.state in GOOD_STATES
