"""Words with fixed placeholders: what is put in stays inert, and what cannot be used is refused."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from experts.domain import mail_blocks, mail_words
from experts.domain.mail_html import EMPTY
from experts.domain.mail_words import NAME, TITLE, BadWords
from experts.domain.message_kinds import Mail

WHEN = mail_words.block("when", "when and where")
ANSWER = mail_words.button("the button")
KNOWN = (NAME, TITLE, WHEN, ANSWER)
BODY = "Hello {name},\n\n{title}\n\n{when}\n\nSee you!\n\n{answer_button}"
BUTTON = mail_blocks.button("https://community.example.org/g/1.a/", "Answer")


def filled(name="Ana", title="First meetings", body=BODY, subject="Soon: {title}", language="en"):
    prepared = mail_words.prepare(subject, body, KNOWN, language)
    when = mail_blocks.sentence("Thu 26 Nov")
    values = {"name": name, "title": title, "when": when, "answer_button": BUTTON}
    return prepared.fill(values)


def refused(subject="Soon", body=BODY):
    with pytest.raises(BadWords) as error:
        mail_words.check(subject, body, KNOWN)
    return error.value.field, str(error.value)


def test_a_mail_is_its_words_with_the_values_in_their_places():
    mail = filled()
    assert mail.subject == "Soon: First meetings"
    assert mail.text == (
        "Hello Ana,\n\nFirst meetings\n\nThu 26 Nov\n\nSee you!\n\n"
        "Answer:\nhttps://community.example.org/g/1.a/\n"
    )
    assert "<p>Hello <bdi>Ana</bdi>,</p>\n<h1" in mail.html
    assert mail.html.rstrip().endswith("</html>")


def test_a_block_that_does_not_apply_leaves_no_gap():
    prepared = mail_words.prepare("Soon", "One\n\n{when}\n\nTwo\n\n{answer_button}", KNOWN, "en")
    mail = prepared.fill({"when": EMPTY, "answer_button": EMPTY})
    assert mail.text == "One\n\nTwo\n"


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(name=TYPED, title=TYPED)
@example(name="http://evil.example", title="<b>x</b>")
@example(name="a\r\nBcc: evil@example.org", title="x\u2028y\r\n\r\nz")
@example(name="{title} %(title)s {{ x }}", title="{name} %s %")
@example(name="\u2069\u202e" + "x", title="{unsubscribe}")
@pytest.mark.parametrize("language", ["de", "ar"])
def test_security_23_whatever_people_type_stays_inert_in_every_part(language, name, title):
    mail = filled(name, title, language=language)
    calm = filled("Ana", "First meetings", language=language)
    assert len(mail.subject.splitlines()) == 1
    assert mail.text.count("\n") == calm.text.count("\n") or not (name.strip() and title.strip())
    for part in mail:
        found = re.findall(r"(?i)(?:https?|ftp|mailto|javascript|data):|www\.", part)
        assert found == ["https:"] * len(found)
    assert mail.html.count("<a ") == 1
    tags = re.findall(r"<[a-z!/][^<>]*>", mail.html)
    assert [t for t in tags if t not in re.findall(r"<[a-z!/][^<>]*>", calm.html)] == []
    assert mail.text.count("\u2068") == mail.text.count("\u2069")


def test_security_29_what_is_put_in_is_never_read_as_words():
    mail = filled(name="{title}", title="%(name)s 100%")
    assert mail.text.startswith("Hello {title},\n\n%(name)s 100%\n")


def test_the_managers_links_are_links_to_https_only_and_markup_is_text():
    body = (
        "Look: https://help.example.org/a?b=1.\n\n<b>bold</b> javascript:alert(1)\n\n- one\n- two"
    )
    mail = filled(body=f"{body}\n\n{{answer_button}}")
    link = "https://help.example.org/a?b=1"
    assert f'<a href="{link}" rel="noopener noreferrer">{link}</a>.' in mail.html
    assert "&lt;b&gt;bold&lt;/b&gt;" in mail.html
    assert "javascript:" not in mail.html + mail.text
    assert "<ul><li>one</li><li>two</li></ul>" in mail.html
    assert link in mail.text


@pytest.mark.parametrize("braced", ["{when?}", "{{name}}", "{name.email}", "{Name}", "{", "a } b"])
def test_an_unknown_placeholder_is_refused_and_the_known_are_named(braced):
    field, sentence = refused(body=f"{BODY}\n\n{braced}")
    assert field == "body"
    assert "{name}, {title}, {when}, {answer_button}" in sentence


def test_the_sentence_names_the_placeholder_that_is_not_known():
    assert "“{naam}”" in refused(subject="Hello {naam}")[1]


@pytest.mark.parametrize(
    ("subject", "body", "field", "said"),
    [
        ("Soon", "See {when} there\n\n{answer_button}", "body", "on a line of its own"),
        ("Soon {when}", BODY, "subject", "cannot stand in the subject"),
        ("Soon", "Hello {name}", "body", "“{answer_button}” is missing"),
        ("Soon", f"https://x.example/{{name}}\n\n{BODY}", "body", "cannot be part of a link"),
        ("Soon", f"http://x.example\n\n{BODY}", "body", "begin with https://"),
        (" ", BODY, "subject", "without words"),
        ("Soon", "", "body", "without words"),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_what_to_do(subject, body, field, said):
    found, sentence = refused(subject, body)
    assert found == field
    assert said in sentence


def test_a_right_to_left_mail_keeps_names_apart_from_the_words_around_them():
    mail = filled(language="ar")
    assert 'lang="ar" dir="rtl"' in mail.html
    assert mail.subject == "Soon: \u2068First meetings\u2069"
    assert "Hello \u2068Ana\u2069," in mail.text


def test_an_arabic_name_keeps_its_direction_in_a_left_to_right_mail():
    assert "Hello \u2068ليلى\u2069," in filled(name="ليلى").text


def test_the_way_out_stands_at_the_end_and_nowhere_without_a_link():
    written = filled(title="{unsubscribe}")
    mail = Mail(*written)
    assert mail_words.finish(mail, "", "en") == mail
    gone = mail_words.finish(mail, "https://community.example.org/u/1", "en")
    assert gone.text.endswith("\n\nStop mails of this kind:\nhttps://community.example.org/u/1\n")
    assert gone.html.count("https://community.example.org/u/1") == 1
    assert gone.html.rstrip().endswith("</html>")


def test_a_language_no_mail_is_written_in_becomes_english():
    codes = [code for code, _label in settings.PROJECT_LANGUAGES]
    mails = [code for code, _label in settings.MAIL_LANGUAGES]
    assert [mail_words.spoken(code) for code in codes] == [
        code if code in mails else "en" for code in codes
    ]
