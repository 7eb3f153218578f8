"""Words of guests' pages: every language complete, its direction stored, sentences short."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings

from feedback.focus_groups.domain.easy import guest_words

CODES = guest_words.LANGUAGES
LONGEST = 15


def test_every_language_of_the_project_has_words():
    assert set(CODES) == {code for code, _name in settings.PROJECT_LANGUAGES}


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_there_with_the_same_placeholders(code):
    assert guest_words.faults(code) == []


def test_a_text_that_is_missing_or_broken_is_named(tmp_path, monkeypatch):
    (tmp_path / "en.json").write_text('{"words": {"a": "A {n}", "b": "B"}}')
    (tmp_path / "bg.json").write_text('{"words": {"a": "А {m}", "c": ""}}')
    monkeypatch.setattr(guest_words, "FOLDER", tmp_path)

    assert guest_words.faults("bg") == [
        "bg: a has other placeholders than English",
        "bg: b is missing",
        "bg: c is unknown",
    ]


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_short(code):
    sentences = [
        sentence
        for text in guest_words.words(code).texts.values()
        for sentence in re.split(r"[.!?:;።؟]+", text)
    ]

    assert [s for s in sentences if len(s.split()) > LONGEST] == []


def test_the_direction_of_a_language_is_stored_with_it():
    right_to_left = [code for code in CODES if guest_words.direction(code) == "rtl"]

    assert right_to_left == ["ar", "fa"]


def test_every_language_is_called_by_its_own_name():
    assert len({guest_words.own_name(code) for code in CODES}) == len(CODES)
    assert guest_words.own_name("ti") == "ትግርኛ"


def test_a_language_nobody_speaks_here_is_refused():
    with pytest.raises(KeyError):
        guest_words.words("../../etc/passwd")


@pytest.mark.parametrize("code", CODES)
def test_every_day_can_be_said(code):
    said = {guest_words.words(code).day(date(2026, month, 9)) for month in range(1, 13)}

    assert len(said) == 12
    assert all("9" in day and "2026" in day for day in said)


@pytest.mark.parametrize(
    ("chosen", "accepted", "offered", "spoken"),
    [
        ("ar", "uk", CODES, "ar"),
        ("", "ti-ER,ti;q=0.9,en;q=0.5", CODES, "ti"),
        ("", "uk-UA", ("bg", "ar"), "bg"),
        ("xx", "zh", CODES, "en"),
        ("", "x" * 5000, CODES, "en"),
        ("", "", ("ar",), "ar"),
    ],
)
def test_a_reader_gets_a_language_that_is_offered(chosen, accepted, offered, spoken):
    assert guest_words.wanted(chosen, accepted, offered).code == spoken
