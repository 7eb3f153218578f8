"""Text as places are compared in: what another typesetting changes is no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reviews.domain.anchoring import normalise
from feedback.reviews.domain.anchoring.distance import alike, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a portfolio grows\nslowly", "a portfolio grows  slowly"),
        ("the compe-\ntence profile", "the competence profile"),
        ("the compe\xadtence profile", "the competence profile"),
        ("an e-\nportfolio", "an e-portfolio"),
        # How pdfium marks a hyphen at the end of a line.
        ("compe\ufffetence", "competence"),
        ("cafe\u0301", "café"),
        ("“Evidence”", '"Evidence"'),
        # Fi as one glyph, lam-alef as one glyph, presentation forms, vowel marks, tatweel.
        ("ﬁrst file", "first file"),
        ("دليلاً", "دليلا"),
        ("ﺍﻟﻤﺮﺷﺪ", "المرشد"),
        ("ملـــف", "ملف"),
        ("کارپوشه‌ها", "كارپوشهها"),
        ("п\u2019ять", "п'ять"),
        # A letter with its dot as one sign and as two.
        ("\ufb2aלום", "ש\u05c1לום"),
    ],
)
def test_two_settings_of_the_same_words_are_one(one, other):
    assert normalise(one).text == normalise(other).text


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("5 June", "6 June"), ("can", "cannot")])
def test_what_means_something_else_stays_another(one, other):
    assert normalise(one).text != normalise(other).text


@given(st.text(max_size=300))
def test_every_folded_sign_knows_the_signs_it_stands_for(text):
    folded = normalise(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()


@given(st.text(max_size=300))
def test_folding_again_changes_nothing(text):
    folded = normalise(text).text
    assert normalise(folded).text == folded


def test_the_way_back_gives_the_words_as_they_were():
    text = "so that the\ncompe-\ntence profile is clear"
    folded = normalise(text)
    start = folded.text.index("competence")
    low, high = folded.original(start, start + len("competence"))
    assert text[low:high] == "compe-\ntence"
    assert folded.folded(low) == start


def table(pattern: str, text: str) -> list[int]:
    """The distances by the textbook: of the pattern from what ends at each letter of the text."""
    row = [0] * (len(text) + 1)
    for number, letter in enumerate(pattern, start=1):
        above, row = row, [number]
        for place, other in enumerate(text, start=1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other)))
    return row


@given(st.text("abc", min_size=1, max_size=12), st.text("abcd", max_size=30))
def test_the_nearest_part_is_the_one_the_textbook_finds(pattern, text):
    found = nearest(pattern, text, allowed=len(pattern))
    errors = min(table(pattern, text))
    if not text:
        assert found is None
        return
    assert found is not None
    assert found.errors == min(errors, len(pattern))
    assert table(pattern, text[found.start : found.end])[-1] <= found.errors


def test_likeness_runs_from_one_to_nothing():
    assert alike("consent", "a page about consent here") == 1
    assert 0 < alike("consent", "a page about content here") < 1
    assert alike("consent", "zzzzzzz") == 0
    assert alike("", "anything") == 1
