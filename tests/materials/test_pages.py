"""The pages: what they show, what they keep after an error, and how many queries they take."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts import reference
from experts.enums import Role
from materials.domain import filters
from materials.models import Material, Version
from tests import factories as make
from tests.feedback import world as reviews
from tests.materials import files

pytestmark = pytest.mark.django_db
LIST = "/materials/"


@pytest.fixture
def author(as_user):
    return as_user(make.user(Role.AUTHOR))


def typed(**more) -> dict:
    values = {
        "title": "Mentor guide",
        "type": "guide",
        "audience": "mentors",
        "licence": "CC BY 4.0",
        "language": "en",
        "link": "",
        "code": "",
        "summary": "",
    }
    return values | more


def test_uploading_and_releasing_from_page_to_page(author, as_user):
    response = author.post("/materials/new/", typed(file=files.upload(files.pdf(2))), follow=True)
    material = Material.objects.get()
    assert response.redirect_chain[-1][0] == material.get_absolute_url()
    version = material.versions.get()
    assert b"Not released" in response.content
    reader = as_user(make.user(Role.EXPERT))
    assert reader.get(version.get_absolute_url()).status_code == 404
    page = reader.get(material.get_absolute_url()).content.decode()
    assert version.get_absolute_url() not in page
    assert "No version is released yet" in page
    reviews.waiver(version)
    author.post(reverse("version_release", args=[material.pk, 1]))
    opened = reader.get(version.get_absolute_url()).content.decode()
    assert f'data-pdf-url="/versions/{version.pk}/file"' in opened
    assert version.sha256 in opened


def test_a_new_version_by_its_page(author):
    author.post("/materials/new/", typed(link="https://example.org/a"))
    material = Material.objects.get()
    url = reverse("version_new", args=[material.pk])
    new = {"file": files.upload(files.word(), "b.docx"), "language": "ar", "what_changed": "New."}
    author.post(url, new | {"link": ""})
    assert material.versions.get(number=2).what_changed == "New."
    page = author.get(material.get_absolute_url()).content.decode()
    assert page.index("Version 2, Arabic") < page.index("Version 1, English")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Choose a file, or give a link."),
        ({"file": files.upload(b"", "a.pdf")}, "This file is empty."),
        ({"file": files.upload(b"x" * 10, "a.pdf")}, "is not what its name says"),
        ({"file": files.upload(b"<svg/>", "a.svg")}, "This kind of file is not accepted."),
        (
            {"file": files.upload(b"x", "a.pdf"), "link": "https://a.org"},
            "a file or a link, not both",
        ),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"link": "https://user:pw@example.org/"}, "This link holds a name or a password."),
        ({"link": "https://a.org", "code": "1"}, "A code begins with a letter"),
        ({"link": "https://a.org", "title": "x" * 10**6}, "Please shorten this to 200 characters"),
        ({"link": "https://a.org", "title": "a\x00b"}, "characters that cannot be stored"),
        ({"link": "https://a.org", "summary": "x" * 2001}, "Please shorten this"),
        ({"link": "https://a.org", "language": "xx"}, "Select a valid choice"),
        ({"link": "https://a.org/" + "x" * 600}, "at most 500 characters"),
        ({"link": "https://a.org", "type": "\x00"}, "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(author, more, sentence):
    if "file" in more:
        more["file"].seek(0)
    response = author.post("/materials/new/", typed(summary="For the first meeting.") | more)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert more.get("summary", "For the first meeting.") in page
    assert ("Please choose the file again" in page) == bool(more.get("file"))
    assert not Material.objects.exists()


def test_a_request_larger_than_any_file_is_refused_unread(author, settings):
    settings.MAX_REQUEST_BYTES = 1000
    response = author.post("/materials/new/", typed(file=files.upload(b"x" * 2000)))
    assert response.status_code == 413
    assert "Large files come in pieces" in response.content.decode()
    assert not Version.objects.exists()


def test_what_others_typed_is_shown_as_text(author):
    evil = "<script>alert(1)</script>"
    author.post("/materials/new/", typed(title=evil, summary=evil, link="https://example.org/"))
    material = Material.objects.get()
    for url in (LIST, material.get_absolute_url(), material.versions.get().get_absolute_url()):
        assert evil not in author.get(url).content.decode()


def test_a_link_is_shown_and_never_opened_by_us(author):
    author.post("/materials/new/", typed(link="https://video.example.org/a"))
    page = author.get(Version.objects.get().get_absolute_url()).content.decode()
    assert 'href="https://video.example.org/a"' in page
    assert 'rel="noopener noreferrer nofollow"' in page
    assert 'src="https://video' not in page


@pytest.mark.parametrize(
    ("data", "name", "mark"),
    [
        (files.image(), "a.png", "version-image"),
        (files.word(), "a.docx", "link-card"),
        (files.pdf(), "a.pdf", "pdf_viewer.js"),
    ],
)
def test_each_kind_has_its_own_way_to_be_shown(author, data, name, mark):
    author.post("/materials/new/", typed(file=files.upload(data, name)))
    assert mark in author.get(Version.objects.get().get_absolute_url()).content.decode()


def shown(client, query: str) -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [card.code for card in response.context["cards"]]


def test_filters_and_search(author):
    first = make.material("BG", code="A1", title="Guide to 100 % trust", type="guide")
    second = make.material("IT", code="B2", title="Workbook", type="workbook", audience="migrants")
    make.version(first, language="ar", released_at=make.NOW)
    make.version(first, language="en")
    make.version(second, language="it")
    assert shown(author, "") == ["A1", "B2"]
    assert shown(author, "q=trust") == ["A1"]
    assert shown(author, "q=b2") == ["B2"]
    assert shown(author, "q=100+%25") == ["A1"]
    assert shown(author, "q=_") == []
    assert shown(author, "type=workbook") == ["B2"]
    assert shown(author, "audience=mentors") == ["A1"]
    assert shown(author, "language=it") == ["B2"]
    assert shown(author, "country=IT") == ["B2"]
    assert shown(author, "state=released") == ["A1"]
    assert shown(author, "state=open") == ["B2"]
    assert shown(author, "state=open&language=ar") == []


@pytest.mark.parametrize(
    "query",
    ["type=x", "country=XX", "language=xx", "state=x", "audience=x", "q=%00", "q=%ff", "type=%00"],
)
def test_a_filter_that_is_none_is_a_bad_request(author, query):
    assert author.get(f"{LIST}?{query}").status_code == 400


def test_a_search_of_a_million_letters_is_answered(author):
    assert author.get(LIST, {"q": "x" * 10**6}).status_code == 400
    assert author.get(LIST, {"page": "9" * 50}).status_code == 200
    assert author.get(LIST, {"page": "x"}).status_code == 200


def test_a_search_that_finds_too_many_says_so(as_user, monkeypatch):
    reader = as_user(make.user())
    for number in range(3):
        make.version(make.material(code=f"A{number}", title="Passport"))
    monkeypatch.setattr(filters, "MOST_FOUND", 3)
    assert "3 materials in this view." in reader.get(f"{LIST}?q=passport").content.decode()
    monkeypatch.setattr(filters, "MOST_FOUND", 2)
    response = reader.get(f"{LIST}?q=passport")
    assert "More than 2 materials fit; the first 2 are listed." in response.content.decode()
    assert [card.code for card in response.context["cards"]] == ["A0", "A1"]
    assert "3 materials in this view." in reader.get(LIST).content.decode()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.COORDINATOR, Role.PROJECT_MANAGER])
def test_pages_take_as_many_queries_for_one_row_as_for_three(
    as_user, role, django_assert_max_num_queries
):
    client = as_user(make.user(role))
    counts = []
    material = make.material()
    for rows in (1, 3):
        while Material.objects.count() < rows:
            make.version(make.material())
        while material.versions.count() < rows:
            make.version(material, released_at=make.NOW)
        for url in (
            LIST,
            material.get_absolute_url(),
            material.versions.first().get_absolute_url(),
        ):
            reference.countries()
            with django_assert_max_num_queries(12) as taken:
                assert client.get(url).status_code == 200
            counts.append(len(taken))
    assert counts[:3] == counts[3:]


def test_the_navigation_says_that_one_is_at_the_materials(as_user):
    version = make.version(released_at=make.NOW)
    client = as_user(make.user())
    here = f'href="{LIST}" aria-current="page"'
    for url in (LIST, version.material.get_absolute_url(), version.get_absolute_url()):
        assert here in client.get(url).content.decode()
    assert here not in client.get(reverse("glossary_list")).content.decode()


def test_the_reading_room_shows_cards_and_no_way_to_a_file(as_user):
    version = make.version()
    admin = as_user(make.user(Role.PLATFORM_ADMIN))
    page = admin.get(reverse("admin:materials_version_change", args=[version.pk]))
    assert page.status_code == 200
    assert version.sha256 not in page.content.decode()
