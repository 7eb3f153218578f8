"""The project's words: who keeps them, what is refused, and where they are found."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.office_files import harmless
from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from materials.domain import glossary, glossary_page
from materials.domain.glossary import Word
from materials.models import GlossaryTerm, GlossaryWord, Page, SearchText
from tests import factories as make

LIST = "/glossary/"


@pytest.fixture
def coordinator(db):
    return make.user(Role.COORDINATOR)


def change(term, by, *words, edition=1):
    return glossary.change_term(
        term_id=term.pk,
        edition=edition,
        source="Cedefop",
        words=[Word(language, word) for language, word in words],
        by=by,
        at=make.NOW,
    )


def of(term) -> dict[str, str]:
    return dict(term.words.values_list("language", "word"))


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.COORDINATOR, True),
        (Role.PROJECT_MANAGER, True),
        (Role.EXPERT, False),
        (Role.PARTNER, False),
        (Role.PLATFORM_ADMIN, False),
    ],
)
def test_coordinators_and_the_manager_keep_the_words(db, role, may):
    deed = {"source": "", "words": [Word("en", role)], "by": make.user(role), "at": make.NOW}
    if may:
        assert of(glossary.add_term(**deed)) == {"en": role}
    else:
        with pytest.raises(Refused):
            glossary.add_term(**deed)


def test_changing_a_term_replaces_its_words_and_is_written_down(coordinator):
    term = make.term("portfolio", bg="портфолио")
    changed = change(term, coordinator, ("en", "e-portfolio"), ("ar", "ملف"))
    assert of(changed) == {"en": "e-portfolio", "ar": "ملف"}
    assert (changed.edition, changed.source, changed.changed_by) == (
        2,
        "Cedefop",
        coordinator.person,
    )
    assert AuditEvent.objects.filter(deed="glossary term changed").count() == 1


def test_of_two_changes_the_second_is_told_and_overwrites_nothing(coordinator):
    term = make.term()
    change(term, coordinator, ("en", "first"))
    with pytest.raises(glossary.TermChangedMeanwhile):
        change(term, coordinator, ("en", "second"))
    with pytest.raises(glossary.TermChangedMeanwhile):
        glossary.delete_term(term_id=term.pk, edition=1, by=coordinator, at=make.NOW)
    assert of(term) == {"en": "first"}


@pytest.mark.parametrize("again", ["Portfolio", "portfolio", "PORTFOLIO", " portfölio "])
def test_one_word_stands_for_one_term_however_it_is_written(coordinator, again):
    make.term("portfolio")
    with pytest.raises(glossary.WordTaken) as refused:
        glossary.add_term(source="", words=[Word("en", again)], by=coordinator, at=make.NOW)
    assert refused.value.language == "en"
    assert GlossaryTerm.objects.count() == 1


def test_the_same_letters_in_another_language_are_another_word(coordinator):
    make.term("gift")
    words = [Word("de", "Gift")]
    glossary.add_term(source="", words=words, by=coordinator, at=make.NOW)
    assert GlossaryWord.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "text", "stands"),
    [
        ("portfolio", "a portfolio is", True),
        ("portfolio", "two portfolios", True),
        ("портфолио", "и портфолиото е", True),
        ("ملف", "في الملف هنا", True),
        ("art", "a start", False),
        ("art", "arts", False),
        ("art", "art", True),
        ("prior learning", "of prior learning.", True),
        ("prior learning", "prior to learning", False),
        ("c++", "in c++ and", True),
    ],
)
def test_a_word_is_found_as_a_word_with_its_endings(key, text, stands):
    assert glossary_page.stands_in(key, text) == stands


@given(key=st.text(min_size=1, max_size=20), text=st.text(max_size=200))
def test_no_word_and_no_text_raise(key, text):
    if glossary_page.stands_in(key, text):
        assert key in text


def entries_of(version, language="en") -> list[tuple[str, str]]:
    found = glossary_page.in_document(version, language)
    return [(one.word.word, one.entry.word.word) for one in found]


def test_a_documents_words_are_explained_in_the_readers_language(db):
    make.term("portfolio", "Things that show what you can do.", el="Φάκελος")
    make.term("mentor", el="μέντορας")
    version = make.version(language="el")
    Page.objects.create(version=version, number=1, text="Ο ΦΑΚΕΛΟΣ μου", width=1, height=1)
    assert entries_of(version) == [("Φάκελος", "portfolio")]
    assert entries_of(version, "el") == [("Φάκελος", "Φάκελος")]
    meaning = glossary_page.in_document(version, "sv")[0].entry.meaning
    assert meaning.definition == "Things that show what you can do."


def test_the_words_kept_for_the_search_are_used_where_they_are(db):
    make.term("mentor")
    make.term("guide")
    version = make.version()
    Page.objects.create(version=version, number=1, text="nothing", width=1, height=1)
    words = "the card: guide\na mentor helps"
    SearchText.objects.filter(version=version).update(words=words)
    assert entries_of(version) == [("mentor", "mentor")]


def test_the_page_of_a_documents_words_needs_no_script(as_user, coordinator):
    make.term("mentor", "Somebody who goes along.")
    version = make.version(released_at=make.NOW)
    Page.objects.create(version=version, number=1, text="Your mentor", width=1, height=1)
    client = as_user(make.user(Role.EXPERT, "IT"))
    page = client.get(reverse("version_words", args=[version.pk])).content.decode()
    assert "<details" in page
    assert "Somebody who goes along." in page
    assert reverse("version_words", args=[version.pk]) in (
        client.get(version.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("q", ["portf", "ПОРТФ", "ملف", "φακελ", "Φάκελ"])
def test_terms_are_found_by_any_of_their_words(as_user, coordinator, q):
    make.term("portfolio", bg="портфолио", ar="مِلَفّ", el="Φάκελος")
    make.term("mentor")
    found = as_user(coordinator).get(LIST, {"q": q}).context["entries"]
    assert [one.word.word for one in found] == ["portfolio"]


def test_a_filter_by_language_leaves_terms_that_have_it(as_user, coordinator):
    make.term("portfolio", bg="портфолио")
    make.term("mentor")
    found = as_user(coordinator).get(LIST, {"language": "bg"}).context["entries"]
    assert [one.word.word for one in found] == ["portfolio"]


@pytest.mark.parametrize("query", ["language=xx", "q=%00", "language=%00", "q=" + "x" * 101])
def test_a_filter_that_is_none_is_a_bad_request(as_user, coordinator, query):
    assert as_user(coordinator).get(f"{LIST}?{query}").status_code == 400


def test_adding_and_changing_by_the_page(as_user, coordinator):
    client = as_user(coordinator)
    client.post(reverse("term_new"), {"word_en": "mentor", "definition_en": "Goes along."})
    term = GlossaryTerm.objects.get()
    edit = reverse("term_edit", args=[term.pk])
    assert "Goes along." in client.get(edit).content.decode()
    client.post(edit, {"edition": 1, "word_en": "mentor", "word_sv": "mentor"})
    assert of(term) == {"en": "mentor", "sv": "mentor"}
    late = client.post(edit, {"edition": 1, "word_en": "late"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "What is saved now" in page
    assert 'value="late"' in page
    client.post(reverse("term_delete", args=[term.pk]), {"edition": "2"})
    assert not GlossaryTerm.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give the term a word in one language at least."),
        ({"definition_en": "A meaning."}, "Which word has this meaning?"),
        ({"word_en": "x" * 101}, "Please shorten this"),
        ({"word_en": "a\x00"}, "characters that cannot be stored"),
        ({"word_en": "mentor"}, "is in the glossary already"),
        ({"word_en": "\u0301"}, "no word that could be found"),
        ({"word_en": "ok", "definition_en": "x" * 2001}, "Please shorten this"),
    ],
)
def test_bad_input_gets_a_sentence_and_adds_nothing(as_user, coordinator, typed, sentence):
    make.term("mentor")
    page = as_user(coordinator).post(reverse("term_new"), typed)
    assert (page.status_code, sentence in page.content.decode()) == (200, True)
    assert GlossaryTerm.objects.count() == 1


@pytest.mark.parametrize("edition", ["", "x", "²", "9" * 50, "-1"])
def test_an_edition_that_is_none_deletes_nothing(as_user, coordinator, edition):
    term = make.term()
    url = reverse("term_delete", args=[term.pk])
    assert as_user(coordinator).post(url, {"edition": edition}).status_code == 302
    assert GlossaryTerm.objects.exists()


def test_words_that_people_typed_are_shown_as_text(as_user, coordinator):
    evil = "<script>alert(1)</script>"
    make.term(evil, evil)
    assert evil not in as_user(coordinator).get(LIST).content.decode()


def rows(client, query="") -> list[dict[str, str]]:
    response = client.get(f"/glossary/words.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    said = b"".join(response.streaming_content)
    assert said.startswith(codecs.BOM_UTF8)
    return list(csv.DictReader(io.StringIO(said.decode("utf-8-sig"), newline="")))


def test_the_words_leave_as_a_table_with_a_column_for_each_language(as_user, coordinator):
    make.term("portfolio", "Things that\nshow, what you can do.", bg="портфолио", ar="ملف")
    words = [Word("de", "Mentorin", "Geht mit."), Word("sv", "mentor")]
    glossary.add_term(source="Cedefop", words=words, by=coordinator, at=make.NOW)
    first, second = rows(as_user(make.user(Role.EXPERT, "IT")))
    assert first["Term"] == first["English (en)"] == "portfolio"
    assert first["Definition"] == "Things that\nshow, what you can do."
    assert (first["Bulgarian (bg)"], first["Arabic (ar)"]) == ("портфолио", "ملف")
    said = [second[column] for column in ("Term", "Definition", "Source")]
    assert said == ["Mentorin", "Geht mit.", "Cedefop"]
    assert len(first) == 3 + len(settings.PROJECT_LANGUAGES)


def test_the_table_holds_what_the_list_shows(as_user, coordinator):
    make.term("portfolio", bg="портфолио")
    make.term("mentor")
    client = as_user(coordinator)
    assert [row["Term"] for row in rows(client, "?q=ment")] == ["mentor"]
    assert [row["Term"] for row in rows(client, "?language=bg")] == ["portfolio"]
    assert client.get("/glossary/words.csv?language=xx").status_code == 400
    assert "/glossary/words.csv?q=ment" in client.get(LIST, {"q": "ment"}).content.decode()


@pytest.mark.parametrize("word", ["=1+1", "@SUM(A1)", "+1 a", "-1 a", "\uff1d1+1", "\u00a0=1 a"])
def test_no_word_is_a_formula_in_a_spreadsheet(as_user, coordinator, word):
    make.term(word, word)
    row = rows(as_user(coordinator))[0]
    for column in ("Term", "Definition", "English (en)"):
        assert row[column].startswith("'")


@given(st.text(max_size=20))
def test_a_cell_is_left_alone_or_begins_with_the_sign_for_text(text):
    assert harmless(text) in (text, f"'{text}")
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@"))


def test_a_table_of_many_words_is_one_question(as_user, coordinator):
    client, counts = as_user(coordinator), []
    for words in (["one"], ["two", "three"]):
        for word in words:
            make.term(word, sv=f"{word} sv")
        with CaptureQueriesContext(connection) as taken:
            rows(client)
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_many_terms_take_as_many_queries_as_one(as_user, coordinator):
    client = as_user(coordinator)
    version = make.version()
    Page.objects.create(version=version, number=1, text="one two three", width=1, height=1)
    urls = (LIST, reverse("version_words", args=[version.pk]))
    counts = []
    for words in (["one"], ["two", "three"]):
        for word in words:
            make.term(word, sv=f"{word} sv")
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as taken:
                client.get(url)
            counts.append(len(taken))
    assert counts[:2] == counts[2:]
