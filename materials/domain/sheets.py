"""The pages of a PDF, drawn by children that may die: what breaks is skipped, the rest stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from materials.domain import children, copies
from materials.domain.drawing import PICTURES, broken

MODULE = "materials.domain.drawing"
SECONDS_IN_ALL = 480.0
SECONDS_OF_A_PAGE = 20.0
# A file whose pages kill one child after the other is given up.
MOST_CHILDREN = 12

Tell = Callable[[int, int], None]


@dataclass
class Sheets:
    """What was drawn: a dictionary for each page as the child said it, with keys of pictures."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    expected: int = 0
    thumbnail: str = ""

    @property
    def broken(self) -> list[int]:
        return [page["page"] for page in self.pages if page["note"]]

    def remark(self) -> str:
        """What a reader should know of it, in one sentence or two; empty when all is there."""
        said = []
        if self.broken:
            numbers = ", ".join(str(number) for number in self.broken[:20])
            said.append(
                ngettext(
                    "Page %(numbers)s could not be drawn.",
                    "Pages %(numbers)s could not be drawn.",
                    len(self.broken),
                )
                % {"numbers": numbers}
            )
        if self.expected > PICTURES:
            said.append(
                _("From page %(page)d on there is text and no picture.") % {"page": PICTURES + 1}
            )
        return " ".join(said)


def draw(kind: str, source: Path, folder: Path, tell: Tell) -> Sheets:
    """Draws every page; `tell` hears (page, pages) after each. Pages that break are marked."""
    sheets = Sheets()
    for _attempt in range(MOST_CHILDREN):
        if _round(kind, source, folder, sheets, tell):
            break
        if not sheets.expected:
            return sheets
        # The child died on the page after the last one it finished.
        sheets.pages.append(broken(len(sheets.pages) + 1))
        if len(sheets.pages) >= sheets.expected:
            break
    while len(sheets.pages) < sheets.expected:
        sheets.pages.append(broken(len(sheets.pages) + 1))
    picture = folder / "thumbnail.webp"
    sheets.thumbnail = copies.keep(picture) if picture.is_file() else ""
    return sheets


def _round(kind: str, source: Path, folder: Path, sheets: Sheets, tell: Tell) -> bool:
    """Lets one child draw from the first missing page on; whether it came to the end."""
    first = str(len(sheets.pages) + 1)
    said = children.lines(
        MODULE,
        *(kind, str(source), str(folder), first),
        seconds=SECONDS_IN_ALL,
        idle=SECONDS_OF_A_PAGE,
    )
    try:
        for line in said:
            if "done" in line:
                return True
            if "pages" in line:
                sheets.expected = line["pages"]
                continue
            picture = folder / line["image"] if line["image"] else None
            line["image"] = copies.keep(picture) if picture and picture.is_file() else ""
            sheets.pages.append(line)
            tell(len(sheets.pages), sheets.expected)
    except children.Silent:
        return False
    return False
