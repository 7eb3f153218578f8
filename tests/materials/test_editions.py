"""Language editions: what may be the source of what, and when a translation is out of date."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experts import reference
from experts.enums import Role
from materials.domain import editions, names, uploads
from materials.domain.uploads import VersionFacts
from materials.models import Erratum, Page, Version
from tests import factories as make
from tests.materials import drawings, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def material():
    return make.material()


def standing(version: Version) -> Version:
    return Version.objects.with_standing().get(pk=version.pk)


def add(material, by, **facts) -> Version:
    values = {"language": "ar", "link": f"https://example.org/{material.versions.count()}"}
    return uploads.add_version(
        material_id=material.pk, facts=VersionFacts(**(values | facts)), by=by, at=make.NOW
    )


def test_an_edition_knows_its_source_translator_and_licence(material):
    source = make.version(material)
    edition = add(
        material,
        material.owner.user,
        source_id=source.pk,
        translator="Office of words",
        licence="CC0",
    )
    edition.refresh_from_db()
    assert (edition.source, edition.translator, edition.licence) == (
        source,
        "Office of words",
        "CC0",
    )


@pytest.mark.parametrize("wrong", ["another material", "a translation", "the same language"])
def test_a_source_that_cannot_be_one_is_refused_and_leaves_no_row(material, wrong):
    source = make.version(material)
    sources = {
        "another material": make.version,
        "a translation": lambda: make.version(material, language="el", source=source),
        "the same language": lambda: make.version(material, language="ar"),
    }
    chosen = sources[wrong]()
    count = Version.objects.count()
    with pytest.raises(editions.NotASource):
        add(material, material.owner.user, source_id=chosen.pk)
    assert Version.objects.count() == count


def test_a_translation_is_fresh_until_its_source_moves_on(material):
    source = make.version(material)
    edition = make.version(material, language="ar", source=source)
    assert editions.freshness(standing(edition)).kind == "ok"
    make.version(material, number=3)
    found = editions.freshness(standing(edition))
    assert (found.kind, "version 3" in found.detail) == ("warn", True)


def test_an_original_is_neither_fresh_nor_stale(material):
    assert editions.freshness(standing(make.version(material))) is None


def test_another_translation_or_an_original_in_another_language_makes_nothing_stale(material):
    source = make.version(material)
    edition = make.version(material, language="ar", source=source)
    make.version(material, language="el", source=source)
    make.version(material, language="bg")
    assert standing(edition).moved_on_to is None


@pytest.mark.parametrize(("decision", "stale"), [(None, True), (True, True), (False, False)])
def test_only_an_erratum_said_to_change_nothing_leaves_translations_fresh(
    material, decision, stale
):
    source = make.version(material)
    edition = make.version(material, language="ar", source=source)
    decided = make.NOW if decision is not None else None
    Erratum.objects.create(
        version=make.version(material), corrects=source, is_material=decision, decided_at=decided
    )
    assert (standing(edition).moved_on_to is not None) == stale


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(events=st.lists(st.sampled_from(["en", "ar", "bg", "erratum"]), max_size=8))
def test_stale_exactly_when_the_source_language_has_a_later_original_that_counts(events):
    material = make.material()
    newest = make.version(material)
    mine, counted = {}, []
    for event in events:
        if event == "ar":
            edition = make.version(material, language="ar", source=newest)
            mine[edition.pk] = newest.number
            continue
        later = make.version(material, language="bg" if event == "bg" else "en")
        if event == "erratum":
            Erratum.objects.create(
                version=later, corrects=newest, is_material=False, decided_at=make.NOW
            )
        if event == "en":
            counted.append(later.number)
        if event != "bg":
            newest = later
    found = {v.pk: v.moved_on_to for v in Version.objects.with_standing().filter(pk__in=mine)}
    assert found == {
        pk: max((n for n in counted if n > source), default=None) for pk, source in mine.items()
    }


def test_a_released_version_is_replaced_by_a_released_one_only(material):
    old = make.version(material, released_at=make.NOW)
    make.version(material)
    assert editions.supersession(standing(old)) is None
    make.version(material, released_at=make.NOW)
    assert "version 3" in editions.supersession(standing(old)).label


def test_a_superseded_version_says_so_on_its_page_and_stays_readable(as_user, material):
    old = make.version(material, released_at=make.NOW)
    make.version(material, released_at=make.NOW)
    response = as_user(make.user(Role.EXPERT, "IT")).get(old.get_absolute_url())
    assert response.status_code == 200
    assert "Superseded by version 2" in response.content.decode()


def test_the_materials_page_shows_translations_beneath_their_source(as_user, material):
    source = make.version(material)
    make.version(material, language="ar", source=source, translator="Office", licence="CC0")
    make.version(material)
    page = as_user(material.owner.user).get(material.get_absolute_url()).content.decode()
    assert page.index("Version 3, English") < page.index("Version 1, English")
    table = page[page.index("Translations of version 1") :]
    for words in ("Arabic", "Office", "CC0", "Out of date", "The source is at version 3."):
        assert words in table


def test_an_edition_without_a_licence_of_its_own_has_the_materials(as_user, material):
    make.version(material, language="ar", source=make.version(material))
    page = as_user(material.owner.user).get(material.get_absolute_url()).content.decode()
    assert "<td>CC BY-SA 4.0</td>" in page


def test_a_material_with_many_editions_takes_as_many_queries_as_one(
    as_user, django_assert_num_queries, material
):
    client = as_user(make.user(Role.PROJECT_MANAGER))
    source = make.version(material)
    make.version(material, language="ar", source=source)
    url = material.get_absolute_url()
    reference.countries()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for language in ("el", "it", "sv"):
        make.version(material, language=language, source=source)
        material.required.create(country=make.country("BG"), language=language)
        Erratum.objects.create(version=make.version(material), corrects=source)
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_an_edition_by_its_page(as_user, material):
    source = make.version(material)
    client = as_user(material.owner.user)
    url = reverse("version_new", args=[material.pk])
    typed = {"link": "https://example.org/ar", "language": "ar", "source": source.pk}
    client.post(url, typed | {"translator": "Office", "edition_licence": "CC0"})
    edition = material.versions.get(language="ar")
    assert (edition.source_id, edition.translator, edition.licence) == (source.pk, "Office", "CC0")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"language": "en", "source": "own", "what_changed": "More."}, "Choose the other language"),
        ({"source": "10000000000000000000000"}, "Select a valid choice"),
        ({"source": "\x00"}, "Select a valid choice"),
        ({"translator": "Office"}, "Which version was translated?"),
        ({"translator": "x" * 201}, "Please shorten this"),
        ({"edition_licence": "mine"}, "Select a valid choice"),
        ({"language": "en"}, "Say in a sentence what changed"),
        ({"is_erratum": "on"}, "nothing to mend"),
    ],
)
def test_bad_input_about_an_edition_gets_a_sentence_and_stores_nothing(
    as_user, material, more, sentence
):
    source = make.version(material)
    values = {key: source.pk if value == "own" else value for key, value in more.items()}
    typed = {"link": "https://example.org/ar", "language": "ar"} | values
    page = as_user(material.owner.user).post(reverse("version_new", args=[material.pk]), typed)
    assert (page.status_code, sentence in page.content.decode()) == (200, True)
    assert material.versions.count() == 1


def test_two_editions_side_by_side_each_in_its_own_direction(as_user, material):
    source = make.version(material)
    word = files.word()
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    edition = make.version(
        material, data=word, language="ar", source=source, media_type=docx, original_name="a.docx"
    )
    Page.objects.create(version=edition, number=1, text="مرحبا", width=1, height=1)
    url = reverse("version_beside", args=[source.pk, edition.pk])
    page = as_user(material.owner.user).get(url).content.decode()
    assert f'data-pdf-url="/versions/{source.pk}/file"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert "مرحبا" in page


def test_an_office_file_stands_beside_another_as_the_pdf_it_became(as_user, material):
    source = make.version(material, data=files.word(), **drawings.WORD)
    edition = make.version(material, language="ar", source=source)
    drawings.ready(source, "One", "Two", pdf=drawings.stored(b"%PDF-1.7"))
    url = reverse("version_beside", args=[source.pk, edition.pk])
    page = as_user(material.owner.user).get(url).content.decode()
    assert f'data-pdf-url="/versions/{source.pk}/pdf" data-pdf-pages="2"' in page
    assert f'data-pdf-url="/versions/{edition.pk}/file"' in page
    assert "data-beside-text" not in page


@pytest.mark.parametrize("other", ["itself", "another material", "not visible"])
def test_only_two_visible_versions_of_one_material_stand_side_by_side(as_user, material, other):
    source = make.version(material, released_at=make.NOW)
    others = {
        "itself": lambda: source,
        "another material": lambda: make.version(released_at=make.NOW),
        "not visible": lambda: make.version(material),
    }
    url = reverse("version_beside", args=[source.pk, others[other]().pk])
    assert as_user(make.user(Role.EXPERT, "IT")).get(url).status_code == 404


def test_a_download_is_called_by_code_version_and_language(as_user, material):
    edition = make.version(
        material, language="ar", source=make.version(material), original_name="x.pdf"
    )
    url = reverse("version_file", args=[edition.pk]) + "?download"
    got = as_user(material.owner.user).get(url)
    assert names.download_name(edition) == f"{material.code}-v2-ar.pdf"
    assert got["Content-Disposition"] == f'attachment; filename="{material.code}-v2-ar.pdf"'
