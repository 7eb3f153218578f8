"""The badge of a verdict as a picture for other places: the same verdict gives the same bytes.

It says in words what its mark says, and it changes when the verdict ends: a page that shows it by
our address always shows how things stand. English on every badge: it is one sign, not a page.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html, format_html_join
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from cop_platform.common.typesetting import glyphs
from feedback.validation.domain.proof.public import State, state_of
from feedback.validation.enums import Standing
from feedback.validation.models import Verdict

WIDTH, HEIGHT = 360, 116
_PAPER, _INK, _SOFT, _LINE = "#fffdf8", "#23201b", "#5c5549", "#877d6b"
# Ground of the mark; the stroke inside it is what tells them apart without colour.
_GROUNDS = {State.VALID: "#1f5e38", State.ENDED: "#7a5200", State.WITHDRAWN: "#97281f"}
_STROKES = {
    State.VALID: [(29, 58), (41, 71), (63, 45)],
    State.ENDED: [(46, 40), (46, 60), (59, 67)],
    State.WITHDRAWN: [(31, 43), (61, 73)],
}
_SECOND = {State.WITHDRAWN: [(61, 43), (31, 73)]}
_CENTRE, _RADIUS = (46, 58), 30
_TEXT_X = 92
_SCALE = 2  # of the PNG, for sharp screens


@dataclass(frozen=True)
class Badge:
    """What stands on the badge."""

    state: State
    word: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The badge as one sentence, for those who hear it."""
        return f"{self.word}: {', '.join(self.lines)}"


def of(verdict: Verdict, today: date) -> Badge:
    """The badge of a public verdict on a day; the verdict comes `with_facts`."""
    state = state_of(verdict, today)
    version = verdict.version
    with translation.override("en"):
        where = verdict.country.name if verdict.country else "consortium"
        lines = (
            f"{version.material.code}, version {version.number}, {version.get_language_display()}",
            f"{where}: {_days(verdict, state)}",
            f"SHA-256 {verdict.sha256[:16]}…",
            urlsplit(settings.BASE_URL).netloc + "/verify/",
        )
        return Badge(state, _word(verdict, state), lines)


def _word(verdict: Verdict, state: State) -> str:
    if state == State.WITHDRAWN:
        return "Withdrawn"
    if state == State.ENDED:
        return "Replaced" if verdict.superseded_at else "Expired"
    changed = verdict.standing == Standing.WITH_CHANGES
    return "Validated with changes" if changed else "Validated"


def _days(verdict: Verdict, state: State) -> str:
    assert verdict.final_at is not None  # a public verdict is signed
    since = verdict.final_at.date().isoformat()
    if state == State.WITHDRAWN and verdict.withdrawn_at:
        return f"{since}, withdrawn {verdict.withdrawn_at.date().isoformat()}"
    if verdict.superseded_at:
        return f"{since}, replaced {verdict.superseded_at.date().isoformat()}"
    if verdict.valid_until:
        word = "ended" if state == State.ENDED else "until"
        return f"{since}, {word} {verdict.valid_until.isoformat()}"
    return since


def svg(badge: Badge) -> str:
    """The badge as SVG: text stays text, colours are attributes, nothing is loaded."""
    strokes = [_STROKES[badge.state], *([_SECOND[badge.state]] if badge.state in _SECOND else [])]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}"'
        ' role="img" aria-labelledby="t d"><title id="t">{word}</title><desc id="d">{text}</desc>'
        '<rect x="1" y="1" width="{rw}" height="{rh}" rx="10" fill="{paper}" stroke="{line}"'
        ' stroke-width="2"/><circle cx="46" cy="58" r="30" fill="{ground}"/>{strokes}'
        '<g font-family="Noto Sans, Segoe UI, Roboto, Arial, sans-serif">'
        '<text x="{x}" y="30" font-size="18" font-weight="700" fill="{ink}">{word}</text>{lines}'
        "</g></svg>\n",
        w=WIDTH,
        h=HEIGHT,
        rw=WIDTH - 2,
        rh=HEIGHT - 2,
        word=badge.word,
        text=badge.text,
        paper=_PAPER,
        line=_LINE,
        ink=_INK,
        ground=_GROUNDS[badge.state],
        x=_TEXT_X,
        strokes=format_html_join(
            "",
            '<polyline points="{}" fill="none" stroke="#ffffff" stroke-width="6"'
            ' stroke-linecap="round" stroke-linejoin="round"/>',
            ((" ".join(f"{x},{y}" for x, y in points),) for points in strokes),
        ),
        lines=format_html_join(
            "",
            '<text x="{}" y="{}" font-size="12.5" fill="{}">{}</text>',
            ((_TEXT_X, y, colour, line) for y, colour, line in _placed(badge)),
        ),
    )


def _placed(badge: Badge) -> list[tuple[int, str, str]]:
    """Where each line stands, and in which colour."""
    colours = (_INK, _INK, _SOFT, _SOFT)
    return [
        (49 + 18 * n, colour, line)
        for n, (colour, line) in enumerate(zip(colours, badge.lines, strict=True))
    ]


def png(badge: Badge) -> bytes:
    """The badge as PNG at twice its size, with its sentence inside as a comment."""
    picture = _mark(badge.state)
    draw = ImageDraw.Draw(picture)
    left = _TEXT_X * _SCALE
    draw.text((left, 30 * _SCALE), badge.word, _INK, _font(18, bold=True), anchor="ls")
    for line_y, colour, line in _placed(badge):
        draw.text((left, line_y * _SCALE), line, colour, _font(12.5), anchor="ls")
    return _packed(picture, badge.text)


def _mark(state: State) -> Image.Image:
    """The card with its mark, drawn large and made smaller, so that its edges are smooth."""
    fine = 2 * _SCALE

    def scaled(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(x * fine, y * fine) for x, y in points]

    picture = Image.new("RGB", (WIDTH * fine, HEIGHT * fine), "#ffffff")
    draw = ImageDraw.Draw(picture)
    box = scaled([(1, 1), (WIDTH - 2, HEIGHT - 2)])
    draw.rounded_rectangle(box, 10 * fine, fill=_PAPER, outline=_LINE, width=2 * fine)
    (x, y), r = _CENTRE, _RADIUS
    draw.ellipse(scaled([(x - r, y - r), (x + r, y + r)]), fill=_GROUNDS[state])
    for points in filter(None, (_STROKES[state], _SECOND.get(state))):
        draw.line(scaled(points), fill="#ffffff", width=6 * fine, joint="curve")
        for px, py in scaled(points):
            draw.ellipse((px - 3 * fine, py - 3 * fine, px + 3 * fine, py + 3 * fine), "#ffffff")
    return picture.resize((WIDTH * _SCALE, HEIGHT * _SCALE), Image.Resampling.LANCZOS)


def _packed(picture: Image.Image, text: str) -> bytes:
    info = PngInfo()
    info.add_itxt("Description", text, lang="en")
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True, pnginfo=info)
    return target.getvalue()


@lru_cache(maxsize=4)
def _font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(glyphs.font_files()[0]), int(size * _SCALE))
    font.set_variation_by_axes([700 if bold else 400, 100])
    return font
