"""The whole report in a handful of sentences and four numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reports.domain.sayings import hours, people, say, share
from feedback.reports.domain.shapes import Dataset, RatingTable


def summary(dataset: Dataset) -> Iterator[str]:
    """The whole report in a handful of sentences, each with its numbers."""
    yield _about_sessions(dataset)
    if dataset.sessions:
        yield _about_answers(dataset)
    yield _about_panel(dataset)
    yield from _about_materials(dataset)


def _about_sessions(dataset: Dataset) -> str:
    held = len(dataset.sessions)
    text = ngettext(
        "From %(start)s to %(end)s the community of %(country)s held %(n)d session.",
        "From %(start)s to %(end)s the community of %(country)s held %(n)d sessions, %(hours)s "
        "hours in all.",
        held,
    )
    said = text % {
        "start": say(dataset.period.start),
        "end": say(dataset.period.end),
        "country": dataset.country.name,
        "n": held,
        "hours": hours(sum(row.minutes for row in dataset.sessions)),
    }
    if not dataset.cancelled_sessions:
        return said
    more = ngettext(
        "%(n)d more was cancelled and is not counted.",
        "%(n)d more were cancelled and are not counted.",
        dataset.cancelled_sessions,
    )
    return said + " " + more % {"n": dataset.cancelled_sessions}


def _about_answers(dataset: Dataset) -> str:
    invited = sum(row.invited for row in dataset.sessions)
    yes = sum(row.yes for row in dataset.sessions)
    return ngettext(
        "People were invited %(n)d time and said yes %(yes)d times (%(share)s; %(basis)s).",
        "People were invited %(n)d times and said yes %(yes)d times (%(share)s; %(basis)s).",
        invited,
    ) % {"n": invited, "yes": yes, "share": share(yes, invited), "basis": dataset.attendance_basis}


def _about_panel(dataset: Dataset) -> str:
    size = dataset.panel.size
    if size is None:
        return _("The panel has fewer than five experts.")
    return ngettext(
        "The panel has %(n)d expert who works with migrants.",
        "The panel has %(n)d experts who work with migrants.",
        size,
    ) % {"n": size}


def _about_materials(dataset: Dataset) -> Iterator[str]:
    asked = sum(bool(row.assigned) for row in dataset.materials)
    if not dataset.materials:
        return
    yield _("Of %(all)d materials, %(asked)d were put before this country's panel.") % {
        "all": len(dataset.materials),
        "asked": asked,
    }
    judged = [row for table in dataset.ratings for row in table.criteria if row.passes is not None]
    if judged:
        reached = sum(bool(row.passes) for row in judged)
        yield ngettext(
            "%(n)d question could be judged; %(reached)d reached its pass mark.",
            "%(n)d questions could be judged; %(reached)d reached their pass mark.",
            len(judged),
        ) % {"n": len(judged), "reached": reached}
        yield from _about_misses(dataset.ratings)


def _about_misses(tables: tuple[RatingTable, ...]) -> Iterator[str]:
    """The question most materials fell short of: where work pays most."""
    missed = Counter(
        (row.code, row.text) for table in tables for row in table.criteria if row.passes is False
    )
    if not missed:
        return
    (code, text), times = min(missed.items(), key=lambda item: (-item[1], item[0]))
    asked = sum(any(row.code == code for row in table.criteria) for table in tables)
    yield ngettext(
        "Missed most often: %(code)s “%(text)s”, in %(n)d of %(asked)d rated material.",
        "Missed most often: %(code)s “%(text)s”, in %(n)d of %(asked)d rated materials.",
        asked,
    ) % {"code": code, "text": text, "n": times, "asked": asked}


def stats(dataset: Dataset) -> list[dict[str, str]]:
    """The four numbers of the first page, each with what it counts."""
    invited = sum(row.invited for row in dataset.sessions)
    yes = sum(row.yes for row in dataset.sessions)
    rows = [row for table in dataset.ratings for row in table.criteria if row.passes is not None]
    return [
        {"value": str(len(dataset.sessions)), "label": _("sessions took place")},
        {
            "value": share(yes, invited),
            "label": _("said yes, of %(n)d invitations") % {"n": invited},
        },
        {"value": people(dataset.panel.size), "label": _("experts in the panel")},
        {
            "value": f"{sum(bool(r.passes) for r in rows)}/{len(rows)}",
            "label": _("questions reached the pass mark"),
        },
    ]
