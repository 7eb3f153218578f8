"""Text in: repaired where that is honest, refused with a sentence where it is not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common import text
from cop_platform.common.text import fenced


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  two   words ", "two words"),
        ("line\x0bbreak\x08", "linebreak"),
        ("a\r\nb", "a b"),
        ("e\u0301", "é"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
    ],
)
def test_a_line_is_tidied(typed, stored):
    assert text.tidy(typed, multiline=False) == stored


def test_text_of_several_lines_keeps_emoji_and_turned_directions():
    typed = "Fine \U0001f600\n\u202eturned\u202c, and on"
    assert text.tidy(typed, multiline=True) == typed


@pytest.mark.parametrize("typed", ["a\x00b", "\ud800"])
def test_what_cannot_be_stored_is_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError, match="cannot be stored"):
        text.LineFormField().clean(typed)


def test_a_million_characters_get_a_sentence_with_both_numbers():
    with pytest.raises(ValidationError, match="shorten this to 200"):
        text.LineFormField().clean("x" * 1_000_000)


@given(st.text())
def test_whatever_is_accepted_can_be_stored_and_printed(typed):
    try:
        stored = text.tidy(typed, multiline=True)
    except text.UnusableText:
        return
    stored.encode("utf-8")
    assert text.tidy(stored, multiline=True) == stored
    assert not any(ord(c) < 32 and c not in "\n\t" for c in stored)


@pytest.mark.parametrize(
    ("source", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "href"),
        ("![x](https://tracker.example/p.gif)", "<img"),
        ("<img src=x onerror=alert(1)>", "<img"),
    ],
)
def test_security_22_and_28_markdown_becomes_harmless_html(source, forbidden):
    assert forbidden not in text.to_html(source)


def test_markdown_keeps_what_people_mean():
    assert text.to_html("*good* [home](https://example.org)") == (
        '<p><em>good</em> <a href="https://example.org" rel="noopener noreferrer nofollow">home</a>'
        "</p>\n"
    )


@pytest.mark.parametrize("typed", ["https://bad.example", "WWW.bad.example", "javascript:x"])
def test_security_23_a_link_in_a_name_is_not_live_in_a_mail(typed):
    assert typed not in fenced(typed)
    assert fenced(typed).replace("\u2060", "") == typed
