"""The demo's materials: real documents, the same bytes each time, and nothing twice."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.db import transaction

import experts.demo
from materials import demo, demo_files, demo_film, demo_slides
from materials.enums import MP4, PPTX
from materials.models import Material, RequiredEdition, Version

ANCHOR = date(2026, 11, 24)


def test_documents_are_the_same_bytes_each_time():
    for build in (
        lambda: demo_files.guide("en"),
        lambda: demo_files.guide("ar"),
        lambda: demo_files.short("M07"),
        lambda: demo_files.workbook("el"),
        lambda: demo_files.cards("en"),
        lambda: demo_files.cards_guide("de"),
        demo_slides.deck,
        demo_film.film,
        demo_files.portfolio_template,
    ):
        first = build()
        time.sleep(0.01)
        assert build() == first


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo for all tests of this file; what each of them writes is undone by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        experts.demo.seed(ANCHOR)
        demo.seed(ANCHOR)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_seeding_twice_changes_nothing():
    versions = list(Version.objects.order_by("pk").values_list("pk", "sha256"))
    demo.seed(ANCHOR)
    assert list(Version.objects.order_by("pk").values_list("pk", "sha256")) == versions
    codes = list(Material.objects.values_list("code", flat=True))
    assert codes == [f"M{n:02d}" for n in range(1, 13)]
    guides = Version.objects.filter(material__code="M01").order_by("number")
    assert [(v.language, v.pages) for v in guides] == [("en", 8), ("ar", 8)]
    assert Version.objects.filter(link__startswith="https://").count() == 2
    cards = Version.objects.get(material__code="M04", number=2)
    assert (cards.number, cards.pages, cards.released_at is not None) == (2, 2, True)
    assert Version.objects.released().count() == 15
    workbooks = Version.objects.filter(material__code="M02", source__number=1)
    assert {v.language for v in workbooks} == {"de", "el", "es", "bg"}
    slides = Version.objects.filter(material__code="M08").latest("number")
    film = Version.objects.filter(material__code="M09").latest("number")
    assert (slides.media_type, film.media_type) == (PPTX.media_type, MP4.media_type)
    assert sorted(track.language for track in film.tracks.all()) == ["ar", "el", "en"]


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_materials_are_tagged_needed_and_dated_without_a_day_ahead():
    assert not Material.objects.filter(parts=[]).exists()
    assert not Material.objects.filter(levels=[]).exists()
    needed = RequiredEdition.objects.filter(material__code="M02", country__code="EL")
    assert sorted(row.language for row in needed) == ["ar", "el", "fa"]
    assert max(Version.objects.released().values_list("released_at", flat=True)).date() <= ANCHOR
    assert Version.objects.filter(valid_until__lt=ANCHOR).count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
def test_a_stale_edition_is_seen_beside_fresh_ones(client, as_user):
    cards = Material.objects.get(code="M04")
    german, greek, arabic = (cards.versions.get(language=code) for code in ("de", "el", "ar"))
    states = {v.pk: v.newer_original for v in cards.versions.with_newer_original()}
    assert [states[one.pk] for one in (german, greek, arabic)] == [2, None, None]
    page = as_user(cards.owner.user).get(cards.get_absolute_url()).content.decode()
    assert "7 of 12 needed editions are released and up to date." in page
    assert "The source is at version 2." in page
    catalogue = client.get("/catalogue/M04/").content.decode()
    assert catalogue.count("The original has moved on since this translation.") == 1
