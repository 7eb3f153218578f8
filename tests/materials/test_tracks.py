"""The words of films: checked, kept once a language, shown beside the film."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent
from materials.domain import tracks
from materials.models import TextTrack, Version
from tests import factories as make
from tests.materials import drawings, files

pytestmark = pytest.mark.django_db
CUE = "00:00:01.000 --> 00:00:03.500\nWelcome"


def film(**more) -> Version:
    return make.version(media_type="video/mp4", original_name="a.mp4", pages=None, **more)


def save(version: Version, text: str = drawings.VTT, **more) -> TextTrack:
    values = {"kind": "captions", "language": "en", "by": version.material.owner.user} | more
    return tracks.save_track(version_id=version.pk, text=text, at=make.NOW, **values)


def test_captions_are_kept_once_a_language_and_replaced():
    version = film()
    save(version)
    save(version, f"WEBVTT\n\n{CUE} again\n")
    save(version, language="ar")
    kept = version.tracks.get(language="en")
    assert "Welcome again" in kept.text
    assert version.tracks.count() == 2
    assert AuditEvent.objects.filter(deed="text track saved").count() == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello", "The first line of captions is WEBVTT."),
        ("WEBVTT\n\nHello", "There is no caption in this text."),
        ("WEBVTT\n\n1:2 --> 3:4\nHello", "Line 3: times look like"),
        ("WEBVTT\n\n00:00:03.000 --> 00:00:01.000\nHello", "Line 3: a caption ends before"),
        (f"WEBVTT\n\n00:00:09.000 --> 00:00:10.000\nA\n\n{CUE}", "Line 6: a caption ends before"),
    ],
)
def test_what_is_no_caption_is_refused_with_its_line_and_nothing_is_kept(text, sentence):
    version = film()
    with pytest.raises(tracks.NotATrack, match=sentence):
        save(version, text)
    assert not TextTrack.objects.exists()


def test_only_films_and_links_have_words():
    with pytest.raises(tracks.NotATrack, match="belong to a film"):
        save(make.version())


def test_only_those_who_may_change_the_material():
    version = film(released_at=make.NOW)
    with pytest.raises(Refused):
        save(version, by=make.user(Role.EXPERT))
    with pytest.raises(Version.DoesNotExist):
        tracks.save_track(
            version_id=10**9, kind="captions", language="en", text="", by=make.user(), at=make.NOW
        )


def test_the_words_are_read_without_times_and_marks():
    text = f"WEBVTT\n\nNOTE not said\n\n1\n{CUE} <b>all</b>\nof you\n\n00:05.000 --> 00:06.000\nBye"
    assert tracks.spoken(text) == ["Welcome all of you", "Bye"]
    assert tracks.spoken("One.\n\nTwo.") == ["One.", "Two."]


def test_a_film_is_played_with_its_captions_and_its_words_below(as_user):
    version = film(released_at=make.NOW)
    track = save(version)
    client = as_user(make.user(Role.EXPERT))
    response = client.get(version.get_absolute_url())
    page = response.content.decode()
    assert (
        f'<track kind="captions" srclang="en" label="English" src="/tracks/{track.pk}.vtt"' in page
    )
    assert '<p dir="auto">Welcome to the afternoon.</p>' in page
    assert "media-src 'self'" in response["Content-Security-Policy"]
    words = client.get(f"/tracks/{track.pk}.vtt")
    assert (words["Content-Type"], words["X-Content-Type-Options"]) == (
        "text/vtt; charset=utf-8",
        "nosniff",
    )
    assert words.content.decode().startswith("WEBVTT")


def test_of_several_languages_the_films_own_is_read_first_and_open(as_user):
    version = film(released_at=make.NOW)
    for language in ("ar", "en", "sv"):
        save(version, language=language)
    page = as_user(make.user()).get(version.get_absolute_url()).content.decode()
    words = re.findall(r"<details( open)?>\s*<summary>(\w+)</summary>", page)
    assert words == [(" open", "English"), ("", "Arabic"), ("", "Swedish")]


def test_captions_by_their_page_as_a_file_and_with_what_is_wrong(as_user):
    version = film()
    url = reverse("version_tracks", args=[version.pk])
    owner = as_user(version.material.owner.user)
    wrong = owner.post(url, {"kind": "captions", "language": "en", "text": "Hello"})
    assert "The first line of captions is WEBVTT." in wrong.content.decode()
    assert ">Hello</textarea>" in wrong.content.decode().replace("\n", "")
    binary = {"kind": "captions", "language": "en", "file": files.upload(b"\xff\xfe", "a.vtt")}
    assert "not a text in UTF-8" in owner.post(url, binary).content.decode()
    assert (
        "Choose a file, or type the text."
        in owner.post(url, {"kind": "captions", "language": "en"}).content.decode()
    )
    assert not TextTrack.objects.exists()
    good = binary | {"file": files.upload(drawings.VTT.encode(), "a.vtt")}
    assert owner.post(url, good).status_code == 302
    assert "Welcome" in TextTrack.objects.get().text
