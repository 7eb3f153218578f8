"""Readability: the published constants, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materials.domain import readability
from materials.domain.readability import Text, count, scores

LANGUAGES = ["en", "bg", "de", "el", "it", "es", "sv", "ar", "fa", "fr", "so", "ti", "uk"]
# Ten sentences of ten words, 450 letters, 150 syllables, 20 long words.
SAMPLE = Text(lengths=(10,) * 10, letters=450, syllables=150, long_words=20)


@pytest.mark.parametrize(
    ("language", "formula", "value"),
    [
        ("en", "flesch", 206.835 - 1.015 * 10 - 84.6 * 1.5),
        ("de", "flesch", 180 - 10 - 58.5 * 1.5),
        ("es", "flesch", 206.84 - 1.02 * 10 - 60 * 1.5),
        ("fr", "flesch", 207 - 1.015 * 10 - 73.6 * 1.5),
        ("it", "flesch", 217 - 1.3 * 10 - 60 * 1.5),
        ("it", "gulpease", 89 + 300 * 10 / 100 - 10 * 450 / 100),
        ("sv", "lix", 10 + 20),
        ("bg", "lix", 10 + 20),
        ("el", "lix", 10 + 20),
    ],
)
def test_each_language_has_its_own_formula(language, formula, value):
    found = {score.formula: score.value for score in scores(SAMPLE, language)}
    assert found[formula] == pytest.approx(value)


def test_lix_is_calibrated_for_swedish_only():
    assert {code: scores(SAMPLE, code)[0].calibrated for code in ("sv", "bg", "el")} == {
        "sv": True,
        "bg": False,
        "el": False,
    }


@pytest.mark.parametrize("language", ["ar", "fa", "uk", "so", "ti"])
def test_a_language_without_a_formula_gets_none(language):
    assert scores(SAMPLE, language) == []


@pytest.mark.parametrize(
    ("word", "language", "groups"),
    [
        ("cat", "en", 1),
        ("make", "en", 1),
        ("table", "en", 2),
        ("portfolio", "en", 3),
        ("the", "en", 1),
        ("Fähigkeit", "de", 3),
        ("rhythm", "en", 1),
        ("pst", "en", 1),
    ],
)
def test_syllables_are_groups_of_vowels(word, language, groups):
    assert readability.syllables(word, language) == groups


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("One two. Three four five!", (2, 3)),
        ("A heading\n\nOne two three", (2, 3)),
        ("Write 3.5 or v2.1 here.", (4,)),
        ("هل تقرأ؟ نعم.", (2, 1)),
        ("Τι είναι; Ένα.", (2, 1)),
        ("", ()),
        ("... !!! 123", ()),
    ],
)
def test_sentences_end_where_people_end_them(text, lengths):
    assert count(text, "en").lengths == lengths


@given(text=st.text(max_size=400), language=st.sampled_from(LANGUAGES))
def test_no_text_raises_and_counts_agree(text, language):
    found = count(text, language)
    assert found.words >= found.sentences
    assert found.syllables >= found.words
    assert found.letters >= found.long_words
    assert len(scores(found, language)) == len(scores(SAMPLE, language)) * bool(found.words)


@given(
    words=st.lists(st.text("abcdeiou", min_size=1, max_size=12), min_size=2, max_size=40),
    cut=st.integers(1, 39),
    language=st.sampled_from(["en", "de", "es", "fr", "it", "sv", "bg", "el"]),
)
def test_one_longer_sentence_is_never_easier_than_the_same_words_in_two(words, cut, language):
    cut = min(cut, len(words) - 1)
    one = count(" ".join(words) + ".", language)
    two = count(" ".join(words[:cut]) + ". " + " ".join(words[cut:]) + ".", language)
    for joined, parted in zip(scores(one, language), scores(two, language), strict=True):
        sign = 1 if joined.easier_up else -1
        assert sign * joined.value < sign * parted.value
