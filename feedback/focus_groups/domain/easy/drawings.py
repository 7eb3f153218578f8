"""Faces and thumbs as lines, for paper: the same shapes as on the pages."""

from __future__ import annotations

from feedback.focus_groups.enums import AnswerKind

# Mouths from very bad to very good.
_MOUTHS = {
    1: "M14 36q10-13 20 0",
    2: "M16 33q8-5 16 0",
    3: "M16 30q8 5 16 0",
    4: "M14 28q10 13 20 0",
}
_FACE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="#000" '
    'stroke-width="2" stroke-linecap="round"><circle cx="24" cy="24" r="21"/>'
    '<circle cx="17" cy="19" r="2" fill="#000"/><circle cx="31" cy="19" r="2" fill="#000"/>'
    '<path d="{mouth}"/></svg>'
)
_HAND = "M8 22h8v18H8zM16 24l8-16q5 0 4 6l-2 8h12q3 1 2 5l-3 11q-1 3-4 2H16z"
_THUMB = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="#000" '
    'stroke-width="2" stroke-linejoin="round"><path d="{hand}"{turn}/></svg>'
)
_DOWN = ' transform="rotate(180 24 24)"'


def name(kind: str, value: int) -> str:
    """The file of a step of a scale; "" for one that has none."""
    if kind == AnswerKind.FACES:
        return f"face-{value}.svg"
    return f"thumb-{value}.svg" if kind == AnswerKind.THUMBS else ""


def files() -> dict[str, bytes]:
    """Every drawing by the name of its file."""
    faces = {
        name(AnswerKind.FACES, value): _FACE.format(mouth=mouth).encode()
        for value, mouth in _MOUTHS.items()
    }
    thumbs = {
        name(AnswerKind.THUMBS, value): _THUMB.format(hand=_HAND, turn=turn).encode()
        for value, turn in ((1, _DOWN), (2, ""))
    }
    return faces | thumbs
