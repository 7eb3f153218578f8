"""What kind of people the panel is: small groups are merged, nobody is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.reporting import celling, sayings
from cop_platform.common.reporting.cells import REST, PeopleCell
from cop_platform.common.reporting.document import (
    Align,
    Block,
    Cell,
    Column,
    Note,
    Paragraph,
    Table,
)
from cop_platform.common.reporting.sections import pointer
from cop_platform.common.reporting.tongues import words
from experts.enums import Profession, TargetGroup
from feedback.reviews.domain.report.panel_facts import ConflictText, Profile
from feedback.reviews.domain.report.panel_reading import UNKNOWN

KEY = "panel"


def blocks(profile: Profile) -> Iterator[Block]:
    """A table for each thing that is known of people; one sentence where they are too few."""
    if profile.size == 0:
        yield Paragraph(_("No review was handed in, so there is no panel to describe."))
        return
    if profile.size is None:
        yield Note(_("The panel has fewer than five experts: what they do is not broken down."))
        return
    for name, caption, heading, say in _tables():
        cells = getattr(profile, name)
        if [cell.label for cell in cells] == [REST]:
            yield Paragraph(_all_small(caption))
        elif cells:
            yield _table(name, caption, heading, cells, say)


def _all_small(caption: str) -> str:
    text = _("%(what)s: every group has fewer than five people, so none is told apart.")
    return text % {"what": caption}


def _tables() -> Sequence[tuple[str, str, str, Callable[[str], str]]]:
    return (
        ("roles", _("The panel by role"), _("Role"), _role),
        ("years", _("The panel by years of work with migrants"), _("Years"), _years),
        ("countries", _("The panel by country"), _("Country"), _country),
        (
            "languages",
            _("The panel by language; many speak several"),
            _("Language"),
            _language,
        ),
        (
            "groups",
            _("Groups the experts work with; many work with several"),
            _("Group"),
            _group,
        ),
    )


def _table(
    name: str,
    caption: str,
    heading: str,
    cells: Sequence[PeopleCell],
    say: Callable[[str], str],
) -> Table:
    return Table(
        key=f"panel-{name}",
        caption=caption,
        columns=(Column(heading, 3), Column(_("Experts"), 1, Align.END)),
        rows=tuple(
            (
                Cell(_other(cell.label) or say(cell.label)),
                celling.people(cell.people, pointer(KEY, "profile", name, n, "people")),
            )
            for n, cell in enumerate(cells)
        ),
        note=_("Groups of fewer than five people are merged."),
    )


def _other(label: str) -> str:
    if label == REST:
        return pgettext("merged small groups", "Others")
    return _("Not known") if label == UNKNOWN else ""


def _role(code: str) -> str:
    return str(Profession(code).label)


def _years(code: str) -> str:
    return {
        "0-2": _("up to 2 years"),
        "3-5": _("3 to 5 years"),
        "6-10": _("6 to 10 years"),
        "11+": _("11 years and more"),
    }[code]


def _country(code: str) -> str:
    return sayings.country(code)


def _language(code: str) -> str:
    return sayings.language(code)


def _group(code: str) -> str:
    return str(TargetGroup(code).label)


def conflict_texts(texts: Sequence[ConflictText]) -> Table:
    """Why, in the words of those who declared and waived, without names."""
    return Table(
        key="panel-conflicts",
        caption=_("Conflicts of interest and why they were waived"),
        columns=(
            Column(_("Material"), 1),
            Column(_("Declared"), 1.3),
            Column(_("Reason"), 3),
            Column(_("Waived"), 1.3),
            Column(_("Reason for the waiver"), 3),
        ),
        rows=tuple(
            (
                Cell(text.code),
                celling.day(text.declared_on, pointer(KEY, "conflicts", "texts", n, "declared_on")),
                Cell(words(text.reason) if text.reason else sayings.NONE),
                celling.day(text.waived_on, pointer(KEY, "conflicts", "texts", n, "waived_on")),
                Cell(words(text.waiver_reason) if text.waiver_reason else sayings.NONE),
            )
            for n, text in enumerate(texts)
        ),
        note=_("Names and addresses are left out of these words."),
    )
