"""Uploads in pieces: the protocol, what a break leaves, whose they are, what becomes of them."""

from __future__ import annotations

import base64
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from hypothesis import strategies as st

from cop_platform.common import periodic
from experts import reference
from experts.enums import Role
from materials import tasks
from materials.domain import incoming, store
from materials.models import IncomingFile, Material, Version
from tests import factories as make
from tests.materials import files

pytestmark = pytest.mark.django_db
LIST = "/materials/incoming/"
TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def author():
    return make.user(Role.AUTHOR)


@pytest.fixture
def client(as_user, author):
    return as_user(author)


def announced(client, size: int, name: str = "guide.pdf", **more):
    metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype YQ=="
    headers = TUS | {"HTTP_UPLOAD_LENGTH": str(size), "HTTP_UPLOAD_METADATA": metadata} | more
    return client.post(LIST, content_type="text/plain", **headers)


def piece(client, url: str, offset: int, data: bytes, **more):
    headers = TUS | {"HTTP_UPLOAD_OFFSET": str(offset)} | more
    return client.generic("PATCH", url, data, content_type=PIECE, **headers)


def offset(client, url: str) -> int:
    return int(client.head(url, **TUS)["Upload-Offset"])


def ready(by, data: bytes | None = None, name: str = "guide.pdf") -> IncomingFile:
    """A proved file of somebody's."""
    data = data or files.pdf(2, mark="Mentor guide")
    row = incoming.announce(name=name, size=len(data), by=by, at=make.NOW)
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    assert row.is_ready, row.refused
    return row


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


class Broken(BytesIO):
    """A connection that is cut after some bytes."""

    def __init__(self, data: bytes, after: int) -> None:
        super().__init__(data[:after])

    def read(self, size: int = -1, /) -> bytes:
        if got := super().read(size):
            return got
        raise OSError("the connection is gone")


def test_a_broken_connection_keeps_what_came(author):
    data = files.pdf(3)
    row = incoming.announce(name="a.pdf", size=len(data), by=author, at=make.NOW)
    cut = Broken(data, 123)
    came = incoming.append(incoming=row, offset=0, body=cut, length=len(data), at=make.NOW)
    assert came == 123
    rest = data[123:]
    incoming.append(incoming=row, offset=123, body=BytesIO(rest), length=len(rest), at=make.NOW)
    assert store.incoming_path(row.key).read_bytes() == data
    assert row.is_ready


@speed(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), max_size=8))
def test_wherever_it_breaks_the_bytes_are_the_same_in_the_end(author, cuts):
    data = bytes(range(256)) * 5
    row = incoming.announce(name="a.pdf", size=len(data) + 1, by=author, at=make.NOW)
    for length, after in cuts:
        start = row.received
        part = data[start : start + length]
        body = Broken(part, min(after, len(part)))
        incoming.append(incoming=row, offset=start, body=body, length=len(part), at=make.NOW)
    rest = data[row.received :]
    body = BytesIO(rest)
    incoming.append(incoming=row, offset=row.received, body=body, length=len(rest), at=make.NOW)
    assert store.incoming_path(row.key).read_bytes() == data
    incoming.remove(incoming=row)


def test_a_piece_that_a_crash_left_unrecorded_is_written_over(author):
    data = files.pdf()
    row = incoming.announce(name="a.pdf", size=len(data), by=author, at=make.NOW)
    store.incoming_path(row.key).write_bytes(b"half a piece that no row knows")
    incoming.append(incoming=row, offset=0, body=BytesIO(data), length=len(data), at=make.NOW)
    assert row.is_ready


def test_two_requests_never_write_one_file_at_once(author):
    row = incoming.announce(name="a.pdf", size=100, by=author, at=make.NOW)

    class Slow(BytesIO):
        def read(self, size: int = -1, /) -> bytes:
            with pytest.raises(incoming.InUse):
                incoming.append(incoming=row, offset=0, body=BytesIO(b"x"), length=1, at=make.NOW)
            return super().read(size)

    incoming.append(incoming=row, offset=0, body=Slow(b"y" * 10), length=10, at=make.NOW)
    assert store.incoming_path(row.key).read_bytes() == b"y" * 10


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


def test_an_upload_becomes_a_material(client, author):
    row = ready(author)
    url = reverse("incoming_material", args=[row.key])
    page = client.get(url)
    assert page.context["form"].initial == {"title": "Mentor guide", "language": ""}
    data = {"title": "Guide", "type": "guide", "audience": "mentors", "licence": "CC0"}
    response = client.post(url, data | {"language": "en"})
    material = Material.objects.get()
    assert response.url == material.get_absolute_url()
    version = material.versions.get()
    assert (version.sha256, version.pages, version.original_name) == (row.sha256, 2, "guide.pdf")
    assert version.file.read() == files.pdf(2, mark="Mentor guide")
    assert not IncomingFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_first_name_of_the_bytes_goes_with_the_transaction(client, author):
    row = ready(author)
    data = {"title": "G", "type": "guide", "audience": "mentors", "licence": "CC0"}
    client.post(reverse("incoming_material", args=[row.key]), data | {"language": "en"})
    assert Version.objects.get().file.read()
    assert not store.incoming_path(row.key).exists()


def test_an_upload_becomes_a_version_of_a_material_one_may_edit(client, author):
    row = ready(author, files.mp4(75), "First meeting.mp4")
    own = make.material(owner=author.person)
    foreign = make.material("IT")
    url = reverse("incoming_version", args=[row.key])
    page = client.get(url).content.decode()
    assert f'<option value="{own.pk}"' in page
    assert f'<option value="{foreign.pk}"' not in page
    assert own.title in client.get(f"{url}?material={own.pk}").content.decode()
    data = {"language": "en", "what_changed": "A film."}
    assert client.post(url, data | {"material": foreign.pk}).status_code == 200
    assert client.post(url, data | {"material": own.pk}).url == own.get_absolute_url()
    version = own.versions.get()
    assert (version.seconds, version.what_changed) == (75, "A film.")
    assert not foreign.versions.exists()


def test_the_same_content_twice_is_said_and_the_file_stays(client, author):
    own = make.material(owner=author.person)
    for row in (ready(author), ready(author)):
        url = reverse("incoming_version", args=[row.key])
        data = {"language": "en", "material": own.pk, "what_changed": "The same."}
        response = client.post(url, data)
    assert "this is already version 1" in response.content.decode()
    assert own.versions.count() == 1
    assert IncomingFile.objects.get().is_ready


def test_bad_words_about_a_file_lose_nothing(client, author):
    url = reverse("incoming_material", args=[ready(author).key])
    response = client.post(url, {"title": "x" * 300, "summary": "Kept.", "code": "1"})
    page = response.content.decode()
    assert "Please shorten this to 200 characters" in page
    assert "Kept." in page
    data = {"title": "G", "type": "guide", "audience": "all", "licence": "CC0", "language": "en"}
    assert "A code begins with a letter" in client.post(url, data | {"code": "1"}).content.decode()
    assert IncomingFile.objects.get().is_ready


@pytest.mark.parametrize(
    ("data", "name", "known"),
    [
        (files.workbook(), "x.xlsx", {"title": "Arbeitsplan", "language": "de"}),
        (files.deck(), "first_steps.pptx", {"title": "first steps", "language": "en"}),
        (files.odt("Το βιβλίο είναι για όλους τους μέντορες της ομάδας", title="Οδηγός"), "a.odt",
         {"title": "Οδηγός", "language": "el"}),
        (files.mp4(), "A film.mp4", {"title": "A film", "language": "", "type": "video"}),
    ],
)  # fmt: skip
def test_what_a_file_says_of_itself_is_filled_in(client, author, data, name, known):
    row = ready(author, data, name)
    page = client.get(reverse("incoming_material", args=[row.key]))
    assert page.context["form"].initial == known


def test_what_nobody_touches_is_taken_away_with_its_bytes(author):
    old, young = ready(author), ready(author)
    at = make.NOW + incoming.KEPT_FOR
    IncomingFile.objects.filter(pk=young.pk).update(touched_at=at - timedelta(hours=1))
    assert incoming.sweep(at=at + make.minutes(1)) == 1
    assert [row.key for row in IncomingFile.objects.all()] == [young.key]
    assert not store.incoming_path(old.key).exists()
    assert store.incoming_path(young.key).exists()
    tasks.sweep_incoming()
    assert "incoming files" in periodic.run_all(make.NOW)


def test_bytes_without_a_row_are_taken_away_after_a_day(author):
    import os

    stray, fresh = store.incoming_path("0" * 32), store.incoming_path("1" * 32)
    stray.parent.mkdir(parents=True, exist_ok=True)
    for path in (stray, fresh):
        path.write_bytes(b"x")
    os.utime(stray, (0, 0))
    incoming.sweep(at=make.NOW)
    assert (stray.exists(), fresh.exists()) == (False, True)
    fresh.unlink()


def test_the_list_takes_as_many_queries_for_three_files_as_for_one(
    client, author, django_assert_max_num_queries, django_assert_num_queries
):
    reference.countries()
    make.incoming_file(author.person)
    with django_assert_max_num_queries(12) as one:
        client.get(LIST)
    for _ in range(2):
        make.incoming_file(author.person)
    with django_assert_num_queries(len(one)):
        client.get(LIST)


@pytest.mark.django_db(transaction=True)
def test_a_file_becomes_one_material_however_often_the_form_is_sent(as_user, author):
    url = reverse("incoming_material", args=[ready(author).key])
    data = {"title": "G", "type": "guide", "audience": "all", "licence": "CC0", "language": "en"}
    answers: list[int] = []

    def send() -> None:
        from django.db import connection

        try:
            answers.append(as_user(author).post(url, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Material.objects.count() == 1
    assert sorted(answers)[0] < 400
    assert max(answers) < 500
