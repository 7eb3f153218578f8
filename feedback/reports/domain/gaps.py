"""What a reader would look for and does not find, said in sentences, so that nobody guesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reports.domain.shapes import MaterialRow, Panel, RatingTable, SessionRow
from sessions.enums import Kind


def of(
    sessions: Sequence[SessionRow],
    panel: Panel,
    materials: Sequence[MaterialRow],
    ratings: Sequence[RatingTable],
) -> tuple[str, ...]:
    """The sentences, in the order of the report's chapters."""
    return (
        *_about_sessions(sessions),
        *_about_panel(panel),
        *_about_materials(materials),
        *_about_ratings(ratings),
    )


def _about_sessions(sessions: Sequence[SessionRow]) -> Iterator[str]:
    kinds = {row.kind for row in sessions}
    if not sessions:
        yield _("No session took place in this period.")
    if Kind.FOCUS_GROUP not in kinds:
        yield _("No focus group was held in this period.")
    if Kind.FEEDBACK not in kinds:
        yield _("No feedback session was held in this period.")
    if sessions:
        yield _(
            "No minutes and no attendance lists are kept yet: attendance is what people answered "
            "to the invitation, not who was seen in the room."
        )


def _about_panel(panel: Panel) -> Iterator[str]:
    if panel.size == 0:
        yield _("No expert belonged to this community in the period.")
    elif panel.size is None:
        yield _("The panel has fewer than five experts, so it is not described further.")


def _about_materials(materials: Sequence[MaterialRow]) -> Iterator[str]:
    if not materials:
        yield _("The project had no material by the end of the period.")
    not_asked = sum(not row.assigned for row in materials)
    if not_asked:
        yield ngettext(
            "%(n)d of %(all)d materials has not been put before this country's panel.",
            "%(n)d of %(all)d materials have not been put before this country's panel.",
            not_asked,
        ) % {"n": not_asked, "all": len(materials)}


def _about_ratings(ratings: Sequence[RatingTable]) -> Iterator[str]:
    waiting = [table for table in ratings if table.submitted < table.assigned]
    for table in waiting:
        yield _("%(code)s, version %(version)d: %(done)d of %(asked)d reviews were sent in.") % {
            "code": table.code,
            "version": table.version,
            "done": table.submitted,
            "asked": table.assigned,
        }
    if any(table.withheld for table in ratings):
        yield _(
            "Where too few reviews were sent in, no figures are shown: they would tell who said "
            "what."
        )
    alone = sum(row.n == 1 for table in ratings for row in table.criteria)
    if alone:
        yield ngettext(
            "%(n)d question was rated by one expert alone; no agreement can be computed for it.",
            "%(n)d questions were rated by one expert alone; no agreement can be computed for "
            "them.",
            alone,
        ) % {"n": alone}
