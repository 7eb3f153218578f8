"""`make screenshots`: pages of the demo's own report, as they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.conftest import ROOT, Stack

pytestmark = pytest.mark.screenshots
FOLDER = ROOT / "docs" / "screenshots"
# About 120 dots an inch: prose can be read on a screen.
SCALE = 1.6
# Of the report in English: a picture's name, and words that only its page has.
PAGES = {
    "report-cover": "Funded by",
    "report-summary": "What is good",
    "report-figures": "I-CVI of each criterion by material",
    "report-ratings": "how many experts gave each rating",
}


def test_pictures_of_the_printed_report(stack: Stack, tmp_path: Path):
    english = compiled(stack, tmp_path, "en")
    arabic = compiled(stack, tmp_path, "ar")

    numbers = {name: first_page_with(english, words) for name, words in PAGES.items()}
    for name, number in numbers.items():
        picture(english, number, name)
    # The same chapters stand on about the same pages in every language.
    picture(arabic, numbers["report-figures"], "report-ar")

    assert len(set(numbers.values())) == len(PAGES)
    for name in (*PAGES, "report-ar"):
        assert (FOLDER / f"{name}.png").stat().st_size > 10_000


def compiled(stack: Stack, folder: Path, language: str) -> pypdfium2.PdfDocument:
    """The demo's report on Bulgaria, as a command writes it."""
    options = ["--country", "BG", "--lang", language, "--formats", "pdf", "--out", str(folder)]
    said = json.loads(stack.manage("compile_report", *options).splitlines()[-1])
    return pypdfium2.PdfDocument(Path(said["files"][0]["path"]))


def first_page_with(document: pypdfium2.PdfDocument, words: str) -> int:
    return next(
        number
        for number, page in enumerate(document)
        if words in page.get_textpage().get_text_range().replace("\r\n", " ")
    )


def picture(document: pypdfium2.PdfDocument, number: int, name: str) -> None:
    image = document[number].render(scale=SCALE).to_pil()
    image.quantize(256).save(FOLDER / f"{name}.png", optimize=True)
