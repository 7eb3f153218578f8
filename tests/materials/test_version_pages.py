"""The page of a version while it is drawn, when it is drawn, and when it could not be."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.models import JobState
from experts import reference
from experts.enums import Role
from feedback.reviews.models import Assignment
from materials.domain import renditions
from materials.enums import Shown
from materials.models import Rendition
from tests import factories as make
from tests.feedback import world as reviews
from tests.materials import drawings, files

pytestmark = pytest.mark.django_db


def word(**more):
    return make.version(data=files.word(), **drawings.WORD | more)


@pytest.fixture
def owner_of(as_user):
    return lambda version: as_user(version.material.owner.user)


def page_of(client, version) -> str:
    return " ".join(client.get(version.get_absolute_url()).content.decode().split())


def test_while_it_is_drawn_a_bar_moves_and_the_file_can_be_had(owner_of):
    version = word()
    renditions.request(version=version, at=make.NOW)
    Rendition.objects.update(state=JobState.RUNNING, progress=40, step="Drawing page 4 of 10")
    client = owner_of(version)
    page = page_of(client, version)
    assert f'hx-get="/versions/{version.pk}/drawing" hx-trigger="every 1s"' in page
    assert "Drawing page 4 of 10" in page
    assert f"/versions/{version.pk}/file?download" in page
    part = client.get(f"/versions/{version.pk}/drawing", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part
    assert b"<html" not in part.content


def test_when_it_is_done_the_page_is_loaded_anew_and_nothing_asks_again(owner_of):
    version = word()
    drawings.ready(version, pdf=drawings.stored(b"%PDF-1.7"))
    client = owner_of(version)
    part = client.get(f"/versions/{version.pk}/drawing", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert b"hx-get" not in part.content
    page = page_of(client, version)
    assert f'data-pdf-url="/versions/{version.pk}/pdf"' in page
    assert "every 1s" not in page.split("<main")[1]
    pdf = client.get(f"/versions/{version.pk}/pdf")
    assert (pdf["Content-Type"], b"".join(pdf.streaming_content)) == (
        "application/pdf",
        b"%PDF-1.7",
    )
    assert "sandbox" in pdf["Content-Security-Policy"]


def test_readers_see_no_button_to_stop(as_user, owner_of):
    version = word(released_at=make.NOW)
    renditions.request(version=version, at=make.NOW)
    assert "Stop the work" in page_of(owner_of(version), version)
    assert "Stop the work" not in page_of(as_user(make.user(Role.EXPERT)), version)


def test_download_only_is_said_plainly_with_the_reason(owner_of):
    version = word()
    drawings.ready(version, shown=Shown.DOWNLOAD, why_not="LibreOffice is missing.", pages=0)
    page = page_of(owner_of(version), version)
    assert "Download only" in page
    assert "LibreOffice is missing." in page


def test_what_failed_says_why_and_is_drawn_again_by_a_button(owner_of):
    version = word()
    renditions.request(version=version, at=make.NOW)
    Rendition.objects.update(state=JobState.FAILED, reason="It broke.", finished_at=make.NOW)
    client = owner_of(version)
    page = page_of(client, version)
    assert "It broke." in page
    client.post(reverse("version_draw_again", args=[version.pk]))
    assert version.rendition.state == JobState.QUEUED
    again = client.post(reverse("version_draw_again", args=[version.pk]), follow=True)
    assert "being drawn already" in again.content.decode()
    client.post(reverse("version_draw_stop", args=[version.pk]))
    assert Rendition.objects.get().state == JobState.CANCELLED


def test_the_pages_as_text_and_pictures_for_no_script_and_screen_readers(as_user):
    version = make.version(language="ar", released_at=make.NOW)
    drawings.ready(version, "المرشد", "  ")
    client = as_user(make.user(Role.EXPERT))
    detail = page_of(client, version)
    assert f'href="/versions/{version.pk}/text"' in detail
    first = version.page_set.first()
    assert f'<div class="pdf-first"><img src="/pages/{first.pk}.webp"' in detail
    page = " ".join(client.get(f"/versions/{version.pk}/text").content.decode().split())
    assert '<div class="text-page-words" lang="ar" dir="rtl"><p>المرشد</p></div>' in page
    assert "No text could be read on this page." in page
    picture = client.get(f"/pages/{first.pk}.webp")
    assert (picture["Content-Type"], picture.status_code) == ("image/webp", 200)
    assert client.get(f"/versions/{version.pk}/thumbnail").status_code == 200


def test_pages_follow_their_version(as_user):
    version = make.version()
    drawings.ready(version, "Secret")
    stranger = as_user(make.user(Role.EXPERT))
    page = version.page_set.get()
    for url in (f"/pages/{page.pk}.webp", f"/versions/{version.pk}/text"):
        assert stranger.get(url).status_code == 404


def test_as_many_queries_for_one_page_as_for_three(as_user, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        version = make.version()
        drawings.ready(version, *["Words"] * number)
        client = as_user(make.user(Role.PROJECT_MANAGER))
        for url in (version.get_absolute_url(), f"/versions/{version.pk}/text"):
            reference.countries()
            with django_assert_max_num_queries(12) as taken:
                assert client.get(url).status_code == 200
            counts.append(len(taken))
    assert counts[:2] == counts[2:]


def test_reviewers_of_a_new_version_find_what_changed_on_their_desk(as_user):
    expert = make.person(Role.EXPERT)
    first = make.version(released_at=make.NOW)
    second = make.version(first.material)
    drawings.ready(second, "Words")
    assignment = reviews.assigned(reviews.review_round(version=second), expert)
    assert isinstance(assignment, Assignment)
    page = as_user(expert.user).get(assignment.get_absolute_url()).content.decode()
    assert f"/materials/{first.material_id}/compare/?old=1&amp;new=2" in page
    assert "What changed since version 1" in page
