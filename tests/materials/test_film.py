"""A real film from its upload to its page: how long it is, its captions, and parts as asked for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from materials import demo_film
from materials.models import Version
from tests import factories as make
from tests.materials import drawings, files
from tests.materials.sending import ready

pytestmark = pytest.mark.django_db


def test_a_real_film_is_uploaded_captioned_and_played_in_parts(author, author_client, as_user):
    data = demo_film.film()
    row = ready(author, data, "First steps.mp4")
    material = make.material(owner=author.person)
    about = {"language": "en", "material": material.pk, "what_changed": "A film."}
    author_client.post(reverse("incoming_version", args=[row.key]), about)
    version = Version.objects.get()
    assert (version.media_type, version.seconds) == (
        "video/mp4",
        demo_film.SECONDS * len(demo_film.SCENES),
    )

    captions = {"kind": "captions", "language": "en"}
    captions["file"] = files.upload(drawings.VTT.encode(), "a.vtt")
    author_client.post(reverse("version_tracks", args=[version.pk]), captions)
    Version.objects.update(released_at=make.NOW)

    reader = as_user(make.user(Role.EXPERT))
    page = " ".join(reader.get(version.get_absolute_url()).content.decode().split())
    address = reverse("version_file", args=[version.pk])
    assert f'<video class="version-film" controls preload="metadata" src="{address}"' in page
    assert f'src="/tracks/{version.tracks.get().pk}.vtt" default></video>' in page.replace(
        "> </video>", "></video>"
    )
    assert "Welcome to the afternoon." in page
    part = reader.get(address, HTTP_RANGE=f"bytes={len(data) - 1000}-")
    assert (part.status_code, part["Content-Type"]) == (206, "video/mp4")
    assert part["Content-Range"] == f"bytes {len(data) - 1000}-{len(data) - 1}/{len(data)}"
    assert part["Content-Disposition"].startswith("inline; ")
    assert b"".join(part.streaming_content) == data[-1000:]
