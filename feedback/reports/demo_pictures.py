"""The demo's pictures: the flag of Europe by its geometry, and plain marks for the partners."""

from __future__ import annotations

import math

_STAR_INNER = math.sin(math.pi / 10) / math.sin(3 * math.pi / 10)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{inside}</svg>\n'


def flag() -> bytes:
    """Twelve golden stars on blue: the flag is 2 to 3, the stars stand upright on a circle.

    The circle's radius is a third of the height, that of the circle around a star an eighteenth;
    the stars stand like the hours of a clock (the Council of Europe's and the Union's graphical
    specification of the emblem).
    """
    height, width = 540, 810
    centre_x, centre_y, ring, star = width / 2, height / 2, height / 3, height / 18
    angles = [math.pi / 6 * hour for hour in range(12)]
    places = [(centre_x + ring * math.sin(a), centre_y - ring * math.cos(a)) for a in angles]
    stars = "".join(f'<polygon points="{_star(x, y, star)}"/>' for x, y in places)
    inside = (
        f'<rect width="{width}" height="{height}" fill="#003399"/><g fill="#FFCC00">{stars}</g>'
    )
    return _SVG.format(width=width, height=height, inside=inside).encode()


def _star(x: float, y: float, radius: float) -> str:
    """Five points, one of them up."""
    corners = []
    for n in range(10):
        reach = radius if n % 2 == 0 else radius * _STAR_INNER
        angle = math.pi / 5 * n
        corners.append(f"{x + reach * math.sin(angle):.3f},{y - reach * math.cos(angle):.3f}")
    return " ".join(corners)


# A door, a bridge, two hands as circles, a book, a wave, a lamp: (colour, shapes).
_MARKS = (
    ("#1f6f6b", '<path d="M60 20h80v80H60z"/><path d="M85 40h30v60H85z" fill="#fff"/>'),
    (
        "#7a3e8e",
        '<path d="M20 90a80 60 0 0 1 160 0h-22a58 42 0 0 0-116 0z"/><path d="M20 92h160v10H20z"/>',
    ),
    ("#a1541b", '<circle cx="78" cy="60" r="38"/><circle cx="124" cy="60" r="38" opacity="0.6"/>'),
    ("#27588f", '<path d="M30 28l66 12v64L30 92z"/><path d="M170 28l-66 12v64l66-12z"/>'),
    (
        "#2c6d35",
        '<path d="M20 66q20-34 40 0t40 0t40 0t40 0v36H20z"/>'
        '<circle cx="150" cy="28" r="12" opacity="0.6"/>',
    ),
    ("#8a2f3f", '<path d="M100 14l46 62H54z"/><path d="M92 82h16v24H92z"/>'),
)


def mark(number: int) -> bytes:
    """A partner's mark; they repeat after six."""
    colour, shapes = _MARKS[number % len(_MARKS)]
    inside = f'<g fill="{colour}">{shapes}</g>'
    return _SVG.format(width=200, height=120, inside=inside).encode()
