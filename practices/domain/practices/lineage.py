"""Where a practice comes from and what became of it: origin, adoptions, practices that grew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from practices.models import Adoption, Practice

# So many generations are drawn; nobody follows more.
DEEPEST = 5
MOST = 80
_BOX, _TALL, _ACROSS, _DOWN = 210, 58, 48, 16
_LETTERS = 28


@dataclass
class Node:
    """A practice, or the use that a partner makes of one; what came of it hangs below."""

    kind: str
    title: str
    country: str
    said: str
    url: str
    is_here: bool = False
    below: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    """A node with its place, in units of the picture."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    title: str
    said: str

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def title_y(self) -> int:
        return self.y + 24

    @property
    def said_y(self) -> int:
        return self.y + 44


@dataclass(frozen=True)
class Picture:
    """Boxes and the lines between them; `lines` are paths of SVG."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[str]


def tree(practice: Practice) -> Node | None:
    """The family of a practice from its first ancestor on; None where it stands alone.

    Asks once for each generation, however many there are in one.
    """
    root = _first(practice)
    by_origin = _descent(root)
    if not by_origin and root.pk == practice.pk:
        return None
    return _of_practice(root, by_origin, practice.pk, set())


def picture(root: Node) -> Picture:
    """The tree laid out from the start side to the end side, each leaf on a line of its own."""
    boxes: list[Box] = []
    lines: list[str] = []
    _place(root, 0, 0, boxes, lines)
    return Picture(
        width=max(box.x + box.width for box in boxes) + 2,
        height=max(box.y + box.height for box in boxes) + 2,
        boxes=boxes,
        lines=lines,
    )


def _first(practice: Practice) -> Practice:
    seen = {practice.pk}
    for _generation in range(DEEPEST):
        adoption = (
            Adoption.objects.filter(became=practice)
            .select_related("version__practice__country", "version__practice__current")
            .order_by("pk")
            .first()
        )
        if adoption is None or adoption.version.practice_id in seen:
            break
        practice = adoption.version.practice
        seen.add(practice.pk)
    return practice


def _descent(root: Practice) -> dict[int, list[Adoption]]:
    """Adoptions by the practice they are of, generation by generation."""
    found: dict[int, list[Adoption]] = defaultdict(list)
    newest, seen = {root.pk}, {root.pk}
    for _generation in range(DEEPEST):
        rows = Adoption.objects.filter(version__practice__in=newest).select_related(
            "version", "partner__country", "became__country", "became__current"
        )
        adoptions = list(rows.order_by("adopted_on", "pk")[:MOST])
        for adoption in adoptions:
            found[adoption.version.practice_id].append(adoption)
        newest = {a.became_id for a in adoptions if a.became_id} - seen
        if not newest:
            break
        seen |= newest
    return dict(found)


def _of_practice(
    practice: Practice, by_origin: dict[int, list[Adoption]], here: int, seen: set[int]
) -> Node:
    node = Node(
        kind="practice",
        title=str(practice),
        country=practice.country.code,
        said=_("Practice from %(country)s") % {"country": practice.country.name},
        url=practice.get_absolute_url(),
        is_here=practice.pk == here,
    )
    if practice.pk in seen:
        return node
    seen.add(practice.pk)
    for adoption in by_origin.get(practice.pk, []):
        use = Node(
            kind="adoption",
            title=adoption.partner.name,
            country=adoption.partner.country.code,
            said=_("%(use)s, version %(n)d")
            % {"use": adoption.get_use_display(), "n": adoption.version.number},
            url="",
        )
        if adoption.became is not None:
            use.below.append(_of_practice(adoption.became, by_origin, here, seen))
        node.below.append(use)
    return node


def _place(node: Node, depth: int, top: int, boxes: list[Box], lines: list[str]) -> tuple[int, int]:
    """Draws a node and what hangs below; gives its own middle and the first free line under it."""
    x = 1 + depth * (_BOX + _ACROSS)
    middles, free = [], top
    for child in node.below:
        middle, free = _place(child, depth + 1, free, boxes, lines)
        middles.append(middle)
    y = (middles[0] + middles[-1]) // 2 - _TALL // 2 if middles else top + 1
    free = max(free, y + _TALL + _DOWN)
    boxes.append(Box(node, x, y, _BOX, _TALL, _short(node.title), _short(node.said, 34)))
    start, bend = x + _BOX, _ACROSS // 2
    for middle in middles:
        lines.append(
            f"M{start} {y + _TALL // 2} C{start + bend} {y + _TALL // 2} "
            f"{start + bend} {middle} {start + _ACROSS} {middle}"
        )
    return y + _TALL // 2, free


def _short(text: str, letters: int = _LETTERS) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
