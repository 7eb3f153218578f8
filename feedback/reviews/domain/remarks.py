"""One's own remarks as a page lists them: in the order of their places, in ready words."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.reviews.domain import annotations as notes
from feedback.reviews.domain import whereabouts
from feedback.reviews.enums import Mark
from feedback.reviews.models import Annotation, Assignment
from materials.domain import words
from materials.domain.reading import Reading

# The chip of a mark: its colour and its icon.
LOOKS = {
    Mark.MUST: ("bad", "warning"),
    Mark.SHOULD: ("warn", "edit"),
    Mark.IDEA: ("info", "plus"),
    Mark.PRAISE: ("ok", "check"),
}


@dataclass(frozen=True)
class Line:
    """One remark; `number` counts from the beginning of the material."""

    number: int
    place: str
    mark: str
    look: str
    icon: str
    quote: str
    text: str
    criterion: str


@dataclass(frozen=True)
class Choice:
    """One way to mean a remark, as the desk offers it."""

    value: str
    label: str
    look: str
    icon: str


@dataclass(frozen=True)
class Marking:
    """How the material at the desk is marked: by page, picture or film; empty where it is not.

    `by_place` is true where places are surer than selected words: letters of a page that is
    written from the right are often stored in another order than they are read.
    """

    way: str
    is_open: bool
    by_place: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Count:
    """How many remarks go along with a review, and how many of them say nothing yet."""

    all: int
    empty: int


_WAYS = {"pdf": "pages", "made_pdf": "pages", "picture": "picture", "video": "film"}


def marking(assignment: Assignment, reading: Reading) -> Marking:
    """What the desk offers for this version, and whether remarks are still taken in."""
    way = _WAYS.get(reading.way, "")
    return Marking(
        way=way,
        is_open=bool(way) and notes.are_taken(assignment),
        by_place=words.direction(reading.version.language) == "rtl",
        choices=tuple(Choice(mark, str(mark.label), *LOOKS[mark]) for mark in Mark),
    )


def lines(assignment: Assignment) -> list[Line]:
    """All remarks of one review."""
    return [_line(number, row) for number, row in enumerate(rows(assignment), start=1)]


def rows(assignment: Assignment) -> list[Annotation]:
    """All remarks of one review in the order they are listed in."""
    found = Annotation.objects.filter(assignment=assignment).select_related("criterion")
    return sorted(found, key=_order)


def count(assignment: Assignment) -> Count:
    """What goes along. A praised passage needs no words of its own."""
    rows = Annotation.objects.filter(assignment=assignment).values_list("mark", "text")
    said = list(rows.order_by())
    empty = [mark for mark, text in said if not text and mark != Mark.PRAISE]
    return Count(all=len(said), empty=len(empty))


def _order(annotation: Annotation) -> tuple[float, ...]:
    left, top = annotation.boxes[0][:2] if annotation.boxes else (0.0, 0.0)
    return (annotation.page or 0, annotation.from_second or 0, top, left, annotation.pk)


def _line(number: int, annotation: Annotation) -> Line:
    look, icon = LOOKS[Mark(annotation.mark)]
    return Line(
        number=number,
        place=whereabouts.place(annotation),
        mark=annotation.get_mark_display(),
        look=look,
        icon=icon,
        quote=annotation.quote,
        text=annotation.text,
        criterion=annotation.criterion.code if annotation.criterion else "",
    )
