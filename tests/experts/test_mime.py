"""Mails as bytes: read back by the standard library, they say what was put in."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.core.mail import BadHeaderError
from hypothesis import given
from hypothesis import strategies as st

from experts.domain import mime
from experts.domain.mime import Attachment, Text

PLAIN = Text("text/plain", "One\nand two\n")
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=300)


def read(headers=(("Subject", "Soon"),), texts=(PLAIN,), attachments=()):
    data = mime.written(headers, texts, attachments)
    return message_from_bytes(data, policy=policy.default)


def test_a_text_alone_is_the_whole_mail():
    mail = read()
    assert (mail["Subject"], mail.get_content_type()) == ("Soon", "text/plain")
    assert mail.get_content().replace("\r\n", "\n") == PLAIN.words


def test_texts_and_files_stand_in_their_order():
    html = Text("text/html", "<p>One</p>")
    calendar = Text("text/calendar; method=REQUEST", "BEGIN:VCALENDAR\n")
    file = Attachment("план.ics", "application/ics; method=REQUEST", b"BEGIN" * 40)
    mail = read(texts=[PLAIN, html, calendar], attachments=[file])
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    attached = next(iter(mail.iter_attachments()))
    assert (attached.get_filename(), attached.get_content()) == (file.name, file.content)
    assert attached.get_param("method") == "REQUEST"


@given(TYPED)
def test_whatever_is_typed_arrives_as_it_is(words):
    mail = read(texts=[PLAIN, Text("text/html", words)])
    arrived = mail.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert arrived.rstrip("\n") == words.rstrip("\n")


def test_no_line_is_longer_than_mail_servers_take():
    long = "ж" * 5000
    data = mime.written([("Subject", "Soon")], [Text("text/html", long)])
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert message_from_bytes(data, policy=policy.default).get_content().strip() == long


@pytest.mark.parametrize("name", ["Subject", "Message-ID"])
def test_a_header_of_two_lines_is_refused(name):
    with pytest.raises(BadHeaderError):
        read(headers=[(name, "Soon\r\nBcc: somebody@example.org")])


def test_a_long_subject_in_other_letters_is_folded_and_read_back():
    subject = "Сесия за обратна връзка " * 8
    data = mime.written([("Subject", subject)], [PLAIN])
    assert all(line.isascii() and len(line) <= 90 for line in data.split(b"\r\n")[:-3])
    read_back = message_from_bytes(data, policy=policy.default)["Subject"]
    assert read_back.split() == subject.split()
