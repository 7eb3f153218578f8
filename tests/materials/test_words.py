"""Two ways to write the same word meet in one spelling; different words stay apart."""

from __future__ import annotations

import unicodedata

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from materials.domain.words import normalised

LANGUAGES = [code for code, _name in settings.PROJECT_LANGUAGES]
# Scripts of the project's languages, with combining marks among them.
SIGNS = st.characters(codec="utf-8", max_codepoint=0x206F) | st.characters(
    min_codepoint=0x1200, max_codepoint=0x137F
)
TEXTS = st.text(SIGNS | st.sampled_from("йёїґİıßΣςأإآٱىیکـ\u0301\u0308\u064b\u0670\ufb01\ufefb"))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("el", "Μέντορας", "ΜΕΝΤΟΡΑΣ"),
        ("el", "δεξιότητες", "δεξιοτητες"),
        ("el", "προϋπηρεσία", "προυπηρεσια"),
        ("de", "Lösung", "LOSUNG"),
        ("de", "Straße", "strasse"),
        ("es", "currículum", "curriculum"),
        ("sv", "språk", "sprak"),
        ("fr", "œuvre", "oeuvre"),
        ("en", "İstanbul", "ISTANBUL"),
        ("en", "Diyarbakır", "DIYARBAKIR"),
        ("ar", "مُهَارَات", "مهارات"),
        ("ar", "مهـــارات", "مهارات"),
        ("ar", "أوراق", "اوراق"),
        ("ar", "مستوى", "مستوي"),
        ("fa", "کارگاهی", "كارگاهي"),
        ("fa", "می\u200cخواهم", "میخواهم"),
        ("ar", "٢٠٢٦", "2026"),
        ("bg", "у́мение", "умение"),
        ("bg", "ѝ", "и"),
        ("uk", "п\u2019ять", "п'ять"),
        ("uk", "ґанок", "ганок"),
        ("ti", "ሠላም", "ሰላም"),
        ("en", "\ufb01le", "file"),
        ("en", "port\u00adfolio", "portfolio"),
    ],
)
def test_two_spellings_of_a_word_meet(language, one, other):
    assert normalised(one, language) == normalised(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("bg", "мой", "мои"),
        ("bg", "йод", "иод"),
        ("uk", "їжа", "іжа"),
        ("bg", "ёлка", "елка"),
        ("bg", "ґ", "г"),
        ("en", "ሠላም", "ሰላም"),
        ("ar", "كتاب", "كتب"),
    ],
)
def test_different_letters_stay_different(language, one, other):
    assert normalised(one, language) != normalised(other, language)


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_a_second_time_changes_nothing(text, language):
    once = normalised(text, language)

    assert normalised(once, language) == once


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_how_unicode_composes_a_letter_does_not_matter(text, language):
    composed = normalised(unicodedata.normalize("NFC", text), language)

    assert normalised(unicodedata.normalize("NFD", text), language) == composed


@given(text=st.text(st.sampled_from("abcåäöéñαβγάέώабвйїёاأبتي ")), language=st.just("en"))
def test_capitals_do_not_matter(text, language):
    assert normalised(text.upper(), language) == normalised(text, language)


@given(st.text(st.characters(max_codepoint=127)), st.sampled_from(LANGUAGES))
def test_plain_signs_are_spelt_alone_as_beside_others(text, language):
    assert normalised(text, language) == normalised(f"{text}é", language)[:-1]
