"""Drawings as pictures: one for each, all in one go."""

from __future__ import annotations

import io
import subprocess

from PIL import Image, ImageChops

from cop_platform.common.reporting.drawings import Columns
from feedback.reports.domain.writers import pictures
from tests.reports import documents


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("L")


def test_each_drawing_becomes_a_picture_of_the_same_width_in_one_run(monkeypatch):
    runs = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: runs.append(a) or real(*a, **k))

    drawn = pictures.png(documents.DRAWINGS, right_to_left=False, language="en")

    assert len(runs) == 1
    assert len(drawn) == len(documents.DRAWINGS)
    assert len({opened(content).width for content in drawn}) == 1
    assert all(opened(content).width > 1200 for content in drawn)
    assert all(opened(content).getextrema()[0] < 120 for content in drawn)


def test_more_than_nine_drawings_keep_their_order():
    drawings = tuple(Columns((("Jan", 1, "1"),) * (n + 1)) for n in range(12))

    drawn = pictures.png(drawings, right_to_left=False, language="en")

    alone = pictures.png(drawings[1:2], right_to_left=False, language="en")
    assert drawn[1] == alone[0]
    assert len(set(drawn)) == 12


def test_pictures_are_mirrored_where_lines_start_on_the_right():
    drawing = Columns((("Jan", 9, "9"), ("Feb", 0, "0")))

    left, right = (
        opened(pictures.png((drawing,), right_to_left=turned, language=language)[0])
        for turned, language in ((False, "en"), (True, "ar"))
    )

    assert ink(left, 0) > ink(left, 1)
    assert ink(right, 1) > ink(right, 0)


def ink(picture: Image.Image, half: int) -> int:
    width = picture.width // 2
    part = picture.crop((half * width, 0, (half + 1) * width, picture.height))
    return sum(ImageChops.invert(part).histogram()[128:])


def test_the_same_drawings_give_the_same_bytes():
    once, again = (
        pictures.png(documents.DRAWINGS, right_to_left=True, language="ar") for _time in range(2)
    )

    assert once == again


def test_no_drawings_give_no_pictures():
    assert pictures.png((), right_to_left=False, language="en") == []
