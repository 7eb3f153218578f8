"""The report's sentences and ready-made cells, all out of the dataset."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.times import city
from feedback.reports.domain.sayings import NONE, hours, number, people, say, share
from feedback.reports.domain.shapes import (
    Cell,
    CriterionRow,
    Dataset,
    FigureRow,
    MonthTotal,
    RatingTable,
    SessionRow,
)
from feedback.reports.domain.summary import stats, summary

_SIGNS = {True: "yes", False: "no", None: "none"}
_MOST_COLUMNS = 12  # more questions than fit across a page


def document(dataset: Dataset, *, number: int, sha256: str) -> dict[str, Any]:
    """What the printed report shows: plain texts and numbers only."""
    return {
        "number": number,
        "dataset_sha256": sha256,
        "project": dataset.project,
        "country": asdict(dataset.country),
        "charter": asdict(dataset.charter) if dataset.charter else None,
        "title": _("Validation report: %(country)s") % {"country": dataset.country.name},
        "period": said_period(dataset),
        "newest": say(dataset.newest_row),
        "since": say(dataset.country.started_on),
        "summary": list(summary(dataset)),
        "stats": stats(dataset),
        "attendance": dataset.attendance_basis,
        "sessions": [_session(n, row) for n, row in enumerate(dataset.sessions, 1)],
        "totals": [_total(dataset), *[asdict(row) | _times(row) for row in dataset.totals]],
        "months": _months(dataset.months),
        "panel": _panel(dataset),
        "materials": [asdict(row) for row in dataset.materials],
        "ratings": [_table(table) for table in dataset.ratings],
        "heat": _heat(dataset.ratings),
        "gaps": list(dataset.gaps),
        "schema": dataset.schema,
    }


def said_period(dataset: Dataset) -> str:
    period = dataset.period
    return _("%(start)s to %(end)s") % {"start": say(period.start), "end": say(period.end)}


def _session(number: int, row: SessionRow) -> dict[str, Any]:
    start = datetime.fromisoformat(row.start)
    return asdict(row) | {
        "ref": f"S{number}",
        "day": date_format(start, "j M Y"),
        "clock": f"{start:%H:%M} {city(row.zone)}",
    }


def _times(row: Any) -> dict[str, str]:
    return {"hours": hours(row.minutes), "share": share(row.yes, row.invited)}


def _total(dataset: Dataset) -> dict[str, Any]:
    rows = dataset.sessions
    minutes, invited = sum(r.minutes for r in rows), sum(r.invited for r in rows)
    yes = sum(r.yes for r in rows)
    return {
        "kind_label": _("All sessions"),
        "sessions": len(rows),
        "invited": invited,
        "yes": yes,
        "hours": hours(minutes),
        "share": share(yes, invited),
    }


def _months(months: tuple[MonthTotal, ...]) -> dict[str, Any]:
    rows = [
        {
            "label": date_format(date.fromisoformat(f"{row.month}-01"), "M"),
            "year": row.month[:4],
            "sessions": row.sessions,
        }
        for row in months
    ]
    said = ", ".join(f"{row.month}: {row.sessions}" for row in months)
    return {
        "rows": rows,
        "most": max([1, *[row.sessions for row in months]]),
        "alt": _("Column chart of sessions per month. %(values)s.") % {"values": said},
    }


def _cells(cells: tuple[Cell, ...]) -> list[dict[str, str]]:
    return [{"label": cell.label, "people": people(cell.people)} for cell in cells]


def _panel(dataset: Dataset) -> dict[str, Any]:
    panel = dataset.panel
    return {
        "size": people(panel.size),
        "tables": [
            {"title": _("Role"), "rows": _cells(panel.professions)},
            {"title": _("Years of work with migrants"), "rows": _cells(panel.years)},
            {"title": _("Languages spoken"), "rows": _cells(panel.languages)},
        ],
    }


def _figure(row: FigureRow) -> str:
    return number(row.value) if row.value is not None else row.reason


def _table(table: RatingTable) -> dict[str, Any]:
    judged = [row for row in table.criteria if row.passes is not None]
    reached = sum(bool(row.passes) for row in judged)
    return asdict(table) | {
        "criteria": [_criterion(row) for row in table.criteria],
        "ave": _figure(table.s_cvi_ave),
        "ua": _figure(table.s_cvi_ua),
        "standing": ngettext(
            "%(reached)d of %(n)d judged question reached the pass mark.",
            "%(reached)d of %(n)d judged questions reached the pass mark.",
            len(judged),
        )
        % {"reached": reached, "n": len(judged)},
    }


def _criterion(row: CriterionRow) -> dict[str, Any]:
    interval = f"{number(row.low)}–{number(row.high)}" if row.low is not None else ""  # noqa: RUF001
    median = NONE if row.median is None else f"{row.median:.1f}".removesuffix(".0")
    return asdict(row) | {
        "median": median,
        "i_cvi": _figure(row.i_cvi),
        "interval": interval,
        "mark": _("%(relevant)d of %(n)d") % {"relevant": row.relevant, "n": row.n},
        "goal": "" if row.needed is None else _("needed %(n)d") % {"n": row.needed},
        "verdict": verdict(row.passes),
        "sign": _SIGNS[row.passes],
    }


def _heat(tables: tuple[RatingTable, ...]) -> dict[str, Any]:
    """Materials against questions: the board that shows at a glance where work is needed."""
    shown = [table for table in tables if not table.withheld]
    codes = list(dict.fromkeys(row.code for table in shown for row in table.criteria))
    if len(codes) > _MOST_COLUMNS:
        return {"codes": [], "rows": []}
    return {"codes": codes, "rows": [_heat_row(table, codes) for table in shown]}


def _heat_row(table: RatingTable, codes: list[str]) -> dict[str, Any]:
    by_code = {row.code: row for row in table.criteria}
    judged = [row for row in table.criteria if row.passes is not None]
    return {
        "label": _("%(code)s, version %(version)d")
        % {"code": table.code, "version": table.version},
        "cells": [_heat_cell(by_code.get(code)) for code in codes],
        "ave": _figure(table.s_cvi_ave),
        "reached": f"{sum(bool(row.passes) for row in judged)}/{len(judged)}",
    }


def _heat_cell(row: CriterionRow | None) -> dict[str, str]:
    if row is None or row.i_cvi.value is None:
        return {"text": NONE, "sign": "none"}
    missed = " ×" if row.passes is False else ""  # noqa: RUF001 the sign of the legend
    return {"text": number(row.i_cvi.value) + missed, "sign": _SIGNS[row.passes]}


def verdict(passes: bool | None) -> str:
    """The outcome in a word."""
    return {True: _("reached"), False: _("missed"), None: _("not judged")}[passes]
