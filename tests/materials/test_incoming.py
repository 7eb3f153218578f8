"""Uploads in pieces: the protocol, what is refused in it, and whose the files are."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from experts.enums import Role
from materials.domain import incoming, store
from materials.models import IncomingFile
from tests import factories as make
from tests.materials import files
from tests.materials.sending import LIST, TUS, announced, offset, piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(author_client):
    return author_client


def test_a_file_comes_in_pieces_and_is_proved(client):
    data = files.pdf(3, mark="First week")
    answer = announced(client, len(data))
    assert (answer.status_code, answer["Tus-Resumable"]) == (201, "1.0.0")
    url = answer["Location"]
    assert offset(client, url) == 0
    first = piece(client, url, 0, data[:300])
    assert (first.status_code, first["Upload-Offset"]) == (204, "300")
    assert piece(client, url, 300, data[300:]).status_code == 204
    row = IncomingFile.objects.get()
    assert row.is_ready
    assert row.facts == {"title": "First week", "language": "", "pages": 3, "seconds": None}
    assert store.incoming_path(row.key).read_bytes() == data


def test_what_the_server_can_do_is_told(client):
    answer = client.options(LIST)
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination"
    assert answer["Tus-Max-Size"] == str(300 * 1024**2)


@pytest.mark.parametrize(
    ("size", "name", "status"),
    [
        (10, "a.svg", 422),
        (0, "a.pdf", 422),
        (51 * 1024**2, "a.pdf", 422),
        (10**14, "a.mp4", 422),
    ],
)
def test_a_file_that_will_not_be_taken_is_refused_at_once(client, size, name, status):
    answer = announced(client, size, name)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().strip().endswith(".")
    assert not IncomingFile.objects.exists()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"HTTP_UPLOAD_LENGTH": "x"}, 400),
        ({"HTTP_UPLOAD_LENGTH": "-5"}, 400),
        ({"HTTP_UPLOAD_LENGTH": "9" * 40}, 400),
        ({"HTTP_UPLOAD_LENGTH": "٣"}, 400),
        ({"HTTP_UPLOAD_METADATA": ""}, 400),
        ({"HTTP_UPLOAD_METADATA": "filename !!"}, 400),
        ({"HTTP_UPLOAD_METADATA": "filename //8="}, 400),
        ({"HTTP_TUS_RESUMABLE": "0.2.2"}, 412),
    ],
)
def test_an_announcement_that_cannot_be_read_is_refused(client, more, status):
    assert announced(client, 10, **more).status_code == status
    assert not IncomingFile.objects.exists()


@pytest.mark.parametrize(
    ("at", "data", "more", "status"),
    [
        (5, b"x", {}, 409),
        (0, b"x" * 101, {}, 409),
        (0, b"x", {"HTTP_UPLOAD_OFFSET": "x"}, 400),
        (0, b"x", {"HTTP_TUS_RESUMABLE": ""}, 412),
    ],
)
def test_a_piece_at_the_wrong_place_changes_nothing(client, at, data, more, status):
    url = announced(client, 100)["Location"]
    assert piece(client, url, at, data, **more).status_code == status
    assert offset(client, url) == 0


def test_each_request_is_bounded(client, settings):
    settings.MAX_CHUNK_BYTES = 50
    url = announced(client, 100)["Location"]
    assert piece(client, url, 0, b"x" * 51).status_code == 413
    plain = client.generic("PATCH", url, b"x", content_type="text/plain", **TUS)
    assert plain.status_code == 415
    assert client.put(url, **TUS).status_code == 405
    assert offset(client, url) == 0


def test_a_request_from_another_site_does_nothing(author):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    row = make.incoming_file(author.person, size=100)
    url = reverse("incoming_file", args=[row.key])
    assert announced(strict, 100).status_code == 403
    assert piece(strict, url, 0, b"x").status_code == 403
    assert strict.delete(url, **TUS).status_code == 403
    strict.get(LIST)
    token = {"HTTP_X_CSRFTOKEN": strict.cookies["csrftoken"].value}
    assert announced(strict, 100, **token).status_code == 201


def test_nobody_sees_or_touches_a_file_of_somebody_else(client, as_user):
    url = announced(client, 100)["Location"]
    other = as_user(make.user(Role.PROJECT_MANAGER))
    answers = [
        other.head(url, **TUS),
        piece(other, url, 0, b"x"),
        other.delete(url, **TUS),
        other.post(f"{url}/remove"),
        other.get(f"{url}/material"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert offset(client, url) == 0


def test_whoever_may_not_upload_may_not_announce(as_user):
    assert announced(as_user(make.user(Role.EXPERT)), 10).status_code == 403


def test_a_cancelled_upload_leaves_nothing(client):
    url = announced(client, 100)["Location"]
    key = IncomingFile.objects.get().key
    piece(client, url, 0, b"x" * 10)
    assert client.delete(url, **TUS).status_code == 204
    assert not IncomingFile.objects.exists()
    assert not store.incoming_path(key).exists()
    assert client.head(url, **TUS).status_code == 404


def test_a_bad_file_gets_its_sentence_on_the_page_and_leaves_no_bytes(client):
    url = announced(client, 10)["Location"]
    assert piece(client, url, 0, b"<html>1234").status_code == 204
    assert client.get(f"{url}/material").url == LIST
    page = client.get(LIST).content.decode()
    assert "The content of guide.pdf is not what its name says." in page
    assert not list(Path(default_storage.path("incoming")).glob(url.rsplit("/", 1)[1]))
    client.post(f"{url}/remove")
    assert not IncomingFile.objects.exists()


def test_so_many_files_may_wait_and_no_more(client, author, monkeypatch):
    monkeypatch.setattr(incoming, "MAX_WAITING", 2)
    for _ in range(2):
        make.incoming_file(author.person)
    answer = announced(client, 10)
    assert answer.status_code == 422
    assert answer.content.decode().startswith("2 of your files wait already.")
