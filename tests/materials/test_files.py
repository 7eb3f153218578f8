"""The bytes over the wire: who gets them, in which parts, and with which walls around them."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from hypothesis import strategies as st

from experts.enums import Role
from tests import factories as make
from tests.materials import files

pytestmark = pytest.mark.django_db
DATA = b"%PDF-1.7 " + bytes(range(256)) * 1000
SIZE = len(DATA)


@pytest.fixture
def reader(as_user):
    return as_user(make.user(Role.PROJECT_MANAGER))


def address(version) -> str:
    return reverse("version_file", args=[version.pk])


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_file_with_its_walls(reader):
    version = make.version(make.material(code="M07"), data=DATA, language="ar")
    response = reader.get(address(version), HTTP_ACCEPT_ENCODING="gzip")
    assert (response.status_code, body(response)) == (200, DATA)
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == str(SIZE)
    assert headers["Content-Disposition"] == 'inline; filename="M07-v1-ar.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Encoding"] == "identity"
    assert headers["ETag"] == f'"{hashlib.sha256(DATA).hexdigest()}"'


@pytest.mark.parametrize(
    ("media_type", "query", "shown"),
    [
        ("application/pdf", "", "inline"),
        ("image/png", "", "inline"),
        ("image/jpeg", "", "inline"),
        ("application/pdf", "?download", "attachment"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "",
            "attachment",
        ),
        ("text/html", "", "attachment"),
        ("image/svg+xml", "", "attachment"),
    ],
)
def test_security_16_only_pages_and_pictures_are_shown_in_place(reader, media_type, query, shown):
    version = make.version(media_type=media_type)
    response = reader.get(address(version) + query)
    assert response["Content-Disposition"].startswith(f"{shown}; ")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-99", 206, 0, 99),
        ("bytes=100-", 206, 100, SIZE - 1),
        ("bytes=-50", 206, SIZE - 50, SIZE - 1),
        ("bytes=0-999999999", 206, 0, SIZE - 1),
        ("bytes=-999999999", 206, 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", 206, SIZE - 1, SIZE - 1),
        ("bytes=5-2", 200, 0, SIZE - 1),
        ("bytes=-", 200, 0, SIZE - 1),
        ("bytes=0-1,5-6", 200, 0, SIZE - 1),
        ("items=0-5", 200, 0, SIZE - 1),
        ("bytes=a-b", 200, 0, SIZE - 1),
        ("bytes=" + "9" * 40 + "-", 200, 0, SIZE - 1),
    ],
)
def test_parts_as_asked_for(reader, asked, status, start, end):
    response = reader.get(address(make.version(data=DATA)), HTTP_RANGE=asked)
    assert (response.status_code, body(response)) == (status, DATA[start : end + 1])
    assert response["Content-Length"] == str(end - start + 1)
    assert response.get("Content-Range") == (
        f"bytes {start}-{end}/{SIZE}" if status == 206 else None
    )
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=999999999-", "bytes=-0"])
def test_a_part_outside_the_file_does_not_exist(reader, asked):
    response = reader.get(address(make.version(data=DATA)), HTTP_RANGE=asked)
    assert (response.status_code, response.content) == (416, b"")
    assert response["Content-Range"] == f"bytes */{SIZE}"


@pytest.fixture
def fixed():
    return address(make.version(data=b"%PDF-1.7 fixed"))


@speed(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(asked=st.text(alphabet="bytes=-,0123456789 x", max_size=30))
def test_no_range_header_breaks_the_answer(reader, fixed, asked):
    assert reader.get(fixed, HTTP_RANGE=asked).status_code in {200, 206, 416}


def test_a_part_of_another_state_is_not_mixed_in(reader):
    url = address(make.version(data=DATA))
    old = reader.get(url, HTTP_RANGE="bytes=0-9", HTTP_IF_RANGE='"other"')
    assert (old.status_code, body(old)) == (200, DATA)


def test_an_unchanged_file_is_not_sent_again(reader):
    url = address(make.version(data=DATA))
    etag = reader.get(url)["ETag"]
    again = reader.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"


def test_a_head_request_costs_no_bytes(reader):
    response = reader.head(address(make.version(data=DATA)))
    assert (response["Content-Length"], body(response)) == (str(SIZE), b"")


def test_the_right_is_asked_again_for_every_part(as_user):
    version = make.version(data=DATA)
    expert = make.user(Role.EXPERT, "BG")
    client, url = as_user(expert), address(version)
    ways = [{}, {"HTTP_RANGE": "bytes=0-9"}, {"HTTP_IF_NONE_MATCH": f'"{version.sha256}"'}]
    assert [client.get(url, **way).status_code for way in ways] == [404, 404, 404]
    type(version).objects.filter(pk=version.pk).update(released_at=make.NOW)
    assert [client.get(url, **way).status_code for way in ways] == [200, 206, 304]
    make.ends(expert.person)
    assert [client.get(url, **way).status_code for way in ways] == [403, 403, 403]


def test_the_web_server_in_front_may_send_the_bytes(reader, settings):
    settings.X_ACCEL_PREFIX = "/private/"
    version = make.version(data=DATA)
    response = reader.get(address(version), HTTP_RANGE="bytes=0-9")
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/private/{version.file.name}"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_link_has_no_bytes(reader):
    version = make.version()
    link = make.Version(
        material=version.material,
        number=2,
        language="en",
        sha256="b" * 64,
        link="https://example.org/",
        media_type="text/uri-list",
        uploaded_by=version.uploaded_by,
        uploaded_at=make.NOW,
    )
    link.save()
    assert reader.get(address(link)).status_code == 404


def test_security_20_no_typed_name_reaches_a_header(reader):
    version = make.version(original_name="x\u202efdp.exe", data=files.pdf())
    response = reader.get(address(version))
    assert response["Content-Disposition"].isascii()
    assert "exe" not in response["Content-Disposition"]
