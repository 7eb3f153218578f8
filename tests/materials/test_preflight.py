"""Pre-flight: what is read from real files, what the signals say, and who asks again."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings
from django.urls import reverse

from experts.enums import Role
from experts.models import AuditEvent
from materials import tasks
from materials.domain import children, preflight, preflight_signals, preflight_words
from materials.domain.preflight_signals import Edition
from materials.models import Page, Preflight, Version
from tests import factories as make
from tests.materials import files, preflight_files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Everything a signal may count.
NUMBERS = (
    *("words", "value", "limit", "long", "sentences", "crowded", "pages", "size", "said"),
    *("without", "pictures", "pale", "shown", "fonts", "links", "changes", "comments"),
)
FUNDED = (
    "Co-funded by the European Union. Views and opinions expressed are those of the authors only."
)


def read(data: bytes, kind: str, tmp_path) -> dict:
    """What the reading process says about a file."""
    path = tmp_path / "file"
    path.write_bytes(data)
    command = [sys.executable, "-m", "materials.domain.preflight_reading", kind, str(path)]
    done = subprocess.run(command, capture_output=True, cwd=settings.BASE_DIR, check=False)
    return json.loads(done.stdout)


def contrast(data: bytes, tmp_path) -> dict[str, int]:
    path = tmp_path / "painted.pdf"
    path.write_bytes(data)
    return children.answer(preflight.CONTRAST, str(path), seconds=60)


def levels(signals) -> dict[str, str]:
    return {signal["code"]: signal["level"] for signal in signals}


def of_pdf(data: bytes, tmp_path, **more) -> dict[str, str]:
    facts = read(data, "pdf", tmp_path) | {"contrast": contrast(data, tmp_path)}
    values = {"language": "en", "is_easy": False, "is_pdf": True, "pages": facts["pages"]} | more
    return levels(preflight_signals.of(Edition(texts=tuple(facts["texts"]), facts=facts, **values)))


def of_text(text: str, **more) -> list:
    values = {"language": "en", "is_easy": False, "is_pdf": False} | more
    return preflight_signals.of(Edition(texts=(text,), **values))


def test_a_good_pdf_has_nothing_to_look_at(tmp_path):
    found = of_pdf(preflight_files.good_pdf(f"{FUNDED} CC BY 4.0"), tmp_path, is_easy=True)
    # It holds no picture at all.
    assert [code for code, level in found.items() if level == "look"] == ["emblem"]
    assert found["tags"] == found["alt_text"] == found["licence"] == found["funding"] == "fine"


def test_a_faulty_pdf_is_told_fault_by_fault(tmp_path):
    found = of_pdf(preflight_files.faulty_pdf(), tmp_path, is_easy=True)
    for code in (
        "title",
        "language",
        "alt_text",
        "contrast",
        "dead_links",
        "names",
        "easy_size",
        "licence",
        "funding",
        "disclaimer",
    ):
        assert found[code] == "look", code


def test_a_pdf_without_tags_says_so_and_nobody_can_tell_about_pictures(tmp_path):
    found = of_pdf(files.pdf(2), tmp_path)
    assert (found["tags"], found["alt_text"]) == ("look", "unclear")


def test_a_font_whose_letters_cannot_be_told_makes_text_unsearchable(tmp_path):
    found = of_pdf(preflight_files.pdf_with_unreadable_font(), tmp_path)
    assert found["searchable"] == "look"


# Colour of the ground, of the letters, size: how many of two words are pale.
PAINTED = [
    ("1 1 1", "0 0 0", 12, 0),
    ("1 1 1", "0.7 0.7 0.7", 12, 2),
    # White on a dark sheet is right, white on a pale one is not.
    ("0.05 0.2 0.3", "1 1 1", 12, 0),
    ("0.8 0.9 0.8", "1 1 1", 12, 2),
    ("0.05 0.2 0.3", "0 0 0", 12, 2),
    # 3.5 to 1: enough for large letters alone.
    ("1 1 1", "0.53 0.53 0.53", 12, 2),
    ("1 1 1", "0.53 0.53 0.53", 24, 0),
]
SHEET = "{} rg 0 0 300 200 re f {} rg BT /F1 {} Tf {} Tr 40 90 Td (Two words) Tj ET"


@pytest.mark.parametrize("rotate", [0, 90])
def test_words_are_compared_with_what_is_drawn_behind_them(tmp_path, rotate):
    pages = [SHEET.format(*painted[:3], 0) for painted in PAINTED]
    path = tmp_path / "painted.pdf"
    path.write_bytes(preflight_files.painted(*pages, rotate=rotate))
    said = list(children.lines(preflight.CONTRAST, str(path), seconds=60))
    pale = [after["pale"] - before["pale"] for before, after in pairwise([{"pale": 0}, *said])]
    assert list(zip(PAINTED, pale, strict=True)) == [(row, row[3]) for row in PAINTED]
    assert said[-1]["shown"] == 2 * len(PAINTED)


def test_words_that_nobody_sees_have_no_contrast(tmp_path):
    """The words that a scanner's program lays over the picture of a page."""
    data = preflight_files.painted(SHEET.format("1 1 1", "1 1 1", 12, 3))
    assert contrast(data, tmp_path) == {"shown": 0, "pale": 0}


def test_a_page_that_cannot_be_drawn_costs_the_contrast_alone(tmp_path):
    with pytest.raises(children.Broken):
        contrast(b"%PDF-1.7 broken", tmp_path)
    found = outside(preflight_files.faulty_pdf(), tmp_path)
    assert (found["contrast"], found["dead_links"]) == ("unclear", "look")


def outside(data: bytes, tmp_path) -> dict[str, str]:
    """The signals without contrast, which needs a process more."""
    facts = read(data, "pdf", tmp_path)
    edition = Edition("en", False, True, True, 1, tuple(facts["texts"]), facts)
    return levels(preflight_signals.of(edition))


def test_an_emblem_in_a_picture_or_a_drawing_is_not_called_missing(tmp_path):
    star = "10 10 5 5 re f "
    for data in (
        preflight_files.painted("", "", "", picture=True),
        preflight_files.painted(star * 12, "", ""),
    ):
        found = outside(data, tmp_path)
        assert (found["emblem"], found["funding_picture"]) == ("unclear", "unclear")
        assert "funding" not in found
    plain = outside(preflight_files.painted(star, star * 12, ""), tmp_path)
    assert plain["emblem"] == "look"
    assert "funding_picture" not in plain


def test_names_in_properties_are_told_by_field_and_never_stored(tmp_path):
    facts = read(preflight_files.faulty_pdf(), "pdf", tmp_path)
    assert facts["named"] == ["author", "email"]
    assert "Ana" not in json.dumps(facts)


def test_tracked_changes_comments_and_people_of_a_word_file(tmp_path):
    facts = read(preflight_files.reviewed_docx(), "docx", tmp_path)
    assert (facts["changes"], facts["comments"]) == (1, 1)
    assert "last_modified_by" in facts["named"]
    assert facts["texts"][0].strip() == "What I can do"


@pytest.mark.parametrize(("title", "picture"), [("", True), ("Guide", False)])
def test_an_opendocument_text_is_read(tmp_path, title, picture):
    facts = read(preflight_files.odt(title=title, picture=picture), "odt", tmp_path)
    assert facts["texts"][0].strip() == "What I can do"
    assert (facts["title"], facts["pictures_without_alt"]) == (bool(title), int(picture))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "pdf"),
        (b"%PDF-1.7 broken", "pdf"),
        (files.pdf(password="secret"), "pdf"),
        (b"PK\x03\x04", "docx"),
        (files.word_with({"word/document.xml": b"<w:document"}), "docx"),
        (
            files.word_with(
                {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'}
            ),
            "docx",
        ),
        (files.bomb(50), "docx"),
    ],
)
def test_security_17_18_a_hostile_file_is_unread_or_harmless(tmp_path, data, kind):
    found = read(data, kind, tmp_path)
    assert "root:" not in json.dumps(found)
    assert "unread" in found or "texts" in found


def test_easy_language_counts_long_sentences_and_pages():
    short, long = "I can cook. " * 10, "word " * 16 + "."
    found = levels(of_text(short, is_easy=True, pages=24))
    assert (found["easy_sentences"], found["easy_pages"]) == ("fine", "fine")
    found = {signal["code"]: signal for signal in of_text(short + long, is_easy=True, pages=25)}
    assert (found["easy_sentences"]["long"], found["easy_pages"]["level"]) == (1, "look")


def test_materials_for_others_are_not_measured_by_the_rules_of_easy_language():
    assert not any(code.startswith("easy_") for code in levels(of_text("word " * 200)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Co-funded by the\nEuropean Union"),
        ("de", "Kofinanziert von der Europäischen Union"),
        ("bg", "Съфинансирано от Европейския съюз"),
        ("el", "Με τη συγχρηματοδότηση της Ευρωπαϊκής Ένωσης"),
        ("es", "Cofinanciado por la Unión Europea"),
        ("it", "Cofinanziato dall\u2019Unione europea"),
        ("sv", "Medfinansieras av Europeiska unionen"),
        ("fr", "Cofinancé par l\u2019Union européenne"),
        ("ar", "بتمويل مشترك من الاتحاد الأوروبي"),
        ("ar", "Co-funded by the European Union"),
    ],
)
def test_the_funding_sentence_is_found_in_the_languages_of_the_project(language, sentence):
    assert levels(of_text(f"{sentence}.", language=language))["funding"] == "fine"


def test_greek_readability_is_given_and_never_judged():
    found = levels(of_text("Αυτή είναι μια φράση. " * 40, language="el"))
    assert found["lix_uncalibrated"] == "unclear"


def test_every_signal_has_words_for_the_levels_it_can_have():
    for (code, level), found in preflight_words._FOUND.items():
        numbers = dict.fromkeys(NUMBERS, 2)
        line = preflight_words.line({"code": code, "level": level, "fields": ["author"]} | numbers)
        assert line.title, code
        assert line.why, code
        assert "%" not in line.found, found


@pytest.mark.parametrize("is_pdf", [True, False])
def test_every_signal_that_is_given_can_be_said(tmp_path, is_pdf):
    data = preflight_files.faulty_pdf() if is_pdf else preflight_files.reviewed_docx()
    facts = read(data, "pdf" if is_pdf else "docx", tmp_path)
    facts["contrast"] = {"shown": 3, "pale": 1}
    for language in ("en", "sv", "bg", "ar"):
        for text in ("", "word " * 150):
            edition = Edition(language, True, is_pdf, True, 30, (text,), facts)
            for signal in preflight_signals.of(edition):
                assert preflight_words.line(signal), signal


@pytest.fixture
def version(db):
    return make.version(data=preflight_files.faulty_pdf())


def test_signals_are_kept_once_and_the_task_does_the_same(version):
    preflight.read(version_id=version.pk, at=make.NOW)
    first = Preflight.objects.get()
    tasks.read_preflight(version_id=version.pk)
    assert Preflight.objects.get().signals == first.signals
    tasks.read_preflight(version_id=10**9)


def test_the_words_of_the_pages_are_used_where_they_were_drawn(version):
    Page.objects.create(version=version, number=1, text=FUNDED, width=1, height=1)
    preflight.read(version_id=version.pk, at=make.NOW)
    assert levels(Preflight.objects.get().signals)["funding"] == "fine"


def test_a_tick_reads_what_nobody_has_read_and_old_rules_again(version):
    word = make.version(data=files.word(), media_type=DOCX)
    link = make.version()
    Preflight.objects.create(version=link, rules=preflight.RULES, read_at=make.NOW)
    Preflight.objects.create(version=word, rules=0, read_at=make.NOW)
    assert preflight.read_missing(at=make.NOW) == 0
    assert sorted(Preflight.objects.values_list("version", flat=True)) == [
        version.pk,
        word.pk,
        link.pk,
    ]
    assert set(Preflight.objects.values_list("rules", flat=True)) == {preflight.RULES}


def test_a_picture_could_not_be_read_and_that_is_said(db):
    version = make.version(data=files.image(), media_type="image/png")
    preflight.read(version_id=version.pk, at=make.NOW)
    assert Preflight.objects.get().signals == [{"code": "file", "level": "unclear"}]


def test_the_page_says_the_signals_and_reading_again_is_a_button(as_user, version):
    client = as_user(version.material.owner.user)
    url = reverse("preflight_detail", args=[version.pk])
    assert "has not been read yet" in client.get(url).content.decode()
    preflight.read(version_id=version.pk, at=make.NOW)
    page = client.get(url).content.decode()
    assert "1 link leads nowhere." in page
    assert "They are no verdict" in page
    for _press in range(2):
        client.post(reverse("preflight_again", args=[version.pk]))
    assert not Preflight.objects.exists()
    assert AuditEvent.objects.filter(deed="pre-flight asked for again").count() == 1


def test_who_may_not_open_the_file_sees_no_signals(as_user, version):
    client = as_user(make.user(Role.EXPERT, "IT"))
    assert client.get(reverse("preflight_detail", args=[version.pk])).status_code == 404
    assert client.post(reverse("preflight_again", args=[version.pk])).status_code == 404
    assert Version.objects.count() == 1
