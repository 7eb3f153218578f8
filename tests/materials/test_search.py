"""A word is found with and without its accents, in every script, and nothing unreleased leaks."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DatabaseTest

from experts.enums import Role
from materials.domain import search
from materials.models import Material, Page, SearchText, Version
from tests import factories as make

pytestmark = pytest.mark.django_db

# language, words of a page, questions that find them, questions that do not
FOUND = [
    (
        "el",
        "Οι δεξιότητες του μέντορα",
        ["δεξιότητες", "ΔΕΞΙΟΤΗΤΕΣ", "δεξιοτητες", "δεξιότητα"],
        ["δέντρο"],
    ),
    (
        "el",
        "Πολλές εργασίες στο χαρτοφυλάκιο",
        ["εργασία", "χαρτοφυλακια", "χαρτοφυλάκιο"],
        ["γλώσσα"],
    ),
    (
        "bg",
        "Портфолиото е мой дневник",
        ["портфолио", "ПОРТФОЛИОТО", "мой", "дне́вник"],
        ["мои", "портфейл"],
    ),
    ("bg", "Мои документи", ["мои"], ["мой"]),
    ("ar", "تُكتَبُ المَهَارَات في أوراق", ["مهارات", "المهارات", "اوراق", "أوراق", "مُهارات"], ["كتاب"]),
    ("fa", "کارگاه زبان", ["کارگاه", "كارگاه", "زبان"], ["کتاب"]),
    ("uk", "П\u2019ять навичок і ґанок", ["п'ять", "навичок", "ганок"], ["шість"]),
    ("ti", "ሠላም ንዓለም", ["ሰላም", "ሠላም"], ["ቡን"]),
    ("so", "Xirfadaha iyo shaqada", ["xirfad", "shaqada"], ["buug"]),
    (
        "de",
        "Fähigkeiten auf der Straße",
        ["fahigkeit", "Fähigkeit", "strasse", "STRASSE"],
        ["Haus"],
    ),
    ("es", "La formación y el currículum", ["formacion", "formaciones", "curriculum"], ["casa"]),
    ("sv", "Språket och möten", ["språk", "sprak", "möte", "mote"], ["hus"]),
    ("it", "Le attività di città", ["attivita", "città", "citta"], ["casa"]),
    ("fr", "Une compétence, une œuvre", ["competences", "oeuvre", "œuvres"], ["maison"]),
    (
        "en",
        "Mentoring in İstanbul and Diyarbakır",
        ["mentor", "istanbul", "ISTANBUL", "diyarbakir"],
        ["horse"],
    ),
]


def written(language: str, text: str, **more: object) -> Version:
    """A version of one drawn page."""
    version = make.version(language=language, released_at=make.NOW, **more)
    Page.objects.create(version=version, number=1, text=text, width=595, height=842)
    search.refresh(version_id=version.pk)
    return version


@pytest.mark.parametrize(("language", "text", "questions", "others"), FOUND)
def test_a_word_is_found_with_and_without_its_accents(language, text, questions, others):
    version = written(language, text)
    for question in questions:
        for asked in (language, ""):
            found = search.released(question, asked).values_list("version_id", flat=True)
            assert list(found) == [version.pk], (question, asked)
    for question in others:
        assert not search.released(question, language).exists(), question


def test_a_language_asked_for_leaves_the_others_out():
    german, english = written("de", "Portfolio zeigen"), written("en", "show a portfolio")
    assert {row.version_id for row in search.released("portfolio")} == {german.pk, english.pk}
    assert [row.version_id for row in search.released("portfolio", "de")] == [german.pk]


def test_every_word_must_occur_and_the_title_ranks_first():
    in_text = written("en", "a passport for languages")
    titled = written("en", "nothing else", of=make.material(title="Language passport"))
    rows = search.released("language passport")
    best = search.best(rows, "language passport", most=5)
    assert best == [titled.material_id, in_text.material_id]
    assert not search.released("passport horse").exists()


def test_a_slip_in_a_title_still_finds_it():
    version = written("en", "", of=make.material(title="Picture self-assessment cards"))
    assert [row.version_id for row in search.released("asessment")] == [version.pk]


@pytest.mark.parametrize(
    "asked", ["", "   ", "_", "%", "!!!", "'", "a' | 'b", "\\", "(", "&|!:*", "<->"]
)
def test_signs_are_no_operators(asked):
    written("en", "plain words")
    assert list(search.released(asked)) in ([], list(search.released("a b")))


class AnyQuestion(DatabaseTest):
    @runs(max_examples=40)
    @given(text=st.text(max_size=60))
    def test_any_text_is_a_question(self, text):
        list(search.released(text))
        search.best(search.released(text, "el"), text, "el", most=5)


def test_what_is_not_released_is_not_found_by_everybody():
    version = make.version(make.material(title="Secret guide"))
    assert SearchText.objects.filter(version=version).exists()
    assert not search.released("secret").exists()


def test_a_member_finds_pages_only_of_versions_they_may_open():
    hidden = make.version(make.material("IT", title="Workbook"))
    Page.objects.create(version=hidden, number=1, text="zebra", width=1, height=1)
    search.refresh(version_id=hidden.pk)
    expert, manager = make.user(Role.EXPERT), make.user(Role.PROJECT_MANAGER)

    def found(user: object, text: str) -> list[int]:
        return list(search.materials_for(user, text).values_list("version__material", flat=True))

    assert found(expert, "zebra") == []
    assert found(manager, "zebra") == [hidden.material_id]
    assert found(expert, "workbook") == [hidden.material_id]
    assert found(hidden.material.owner.user or manager, "zebra") == [hidden.material_id]
    assert found(make.user(Role.COORDINATOR, "IT"), "zebra") == [hidden.material_id]
    assert found(make.user(Role.COORDINATOR, "BG"), "zebra") == []
    assert found(make.user(Role.PLATFORM_ADMIN), "zebra") == []


def test_a_version_is_searched_from_its_transaction_on_and_a_repeat_changes_nothing():
    version = make.version(make.material(summary="With childcare."), released_at=make.NOW)
    row = SearchText.objects.get(version=version)
    assert search.refresh(version_id=version.pk)
    again = SearchText.objects.get(version=version)
    assert (again.pk, again.vector, again.words) == (row.pk, row.vector, row.words)
    assert search.released("childcare").exists()
    assert not search.refresh(version_id=10**9)


def test_the_tick_writes_missing_rows():
    missing, there = make.version(released_at=make.NOW), make.version(released_at=make.NOW)
    Page.objects.create(version=missing, number=1, text="zebra", width=1, height=1)
    SearchText.objects.filter(version=missing).delete()
    assert search.refresh_missing() == 1
    assert [row.version_id for row in search.released("zebra")] == [missing.pk]
    assert search.refresh_missing() == 0
    assert SearchText.objects.filter(version=there).count() == 1


def test_a_very_long_text_is_stored():
    words = " ".join(chr(0x1200 + n % 80) * 2 + str(n) for n in range(80_000))
    version = written("ti", words)
    assert SearchText.objects.filter(version=version).exists()


def test_the_indexes_answer_the_question():
    for number in range(3):
        written("en", f"text {number}")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "search_text_vector" in search.released("portfolio").explain()
    of_a_member = search.materials_for(make.user(Role.EXPERT), "portfolio").explain()
    for index in ("search_text_card", "search_text_title", "search_text_vector"):
        assert index in of_a_member


def test_of_too_many_those_are_weighed_that_say_it_on_their_card(monkeypatch):
    titled = written("en", "nothing else", of=make.material(title="Language passport"))
    for _time in range(2):
        written("en", "a passport for languages, a passport, a passport")
    monkeypatch.setattr(search, "MOST_RANKED", 1)
    rows = search.released("passport")
    assert rows.count() == 3
    assert search.best(rows, "passport", most=5) == [titled.material_id]


def test_the_best_are_no_more_than_asked_for_and_each_material_once():
    of = make.material(title="Language passport")
    titled = written("en", "passport", of=of)
    written("de", "passport", of=of)
    other = written("en", "a passport")
    rows = search.released("passport")
    assert search.best(rows, "passport", most=5) == [titled.material_id, other.material_id]
    assert search.best(rows, "passport", most=1) == [titled.material_id]
    assert search.best(rows, "_", most=5) == []


def test_materials_without_a_word_asked_are_none():
    make.version()
    assert not Material.objects.filter(
        pk__in=search.materials_for(make.user(Role.EXPERT), "_")
    ).exists()
