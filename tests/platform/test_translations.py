"""The pages offered in Arabic say every sentence in Arabic, and mails theirs in all languages."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.urls import reverse

from cop_platform import mail_strings, setup
from sessions.domain import invitations
from tests import factories as make

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
OFFERED = [
    *TEMPLATES.glob("[0-9]*.html"),
    *TEMPLATES.glob("base_*.html"),
    *TEMPLATES.glob("account/*.html"),
    *TEMPLATES.glob("sessions/answer*.html"),
    *TEMPLATES.glob("sessions/poll_answer*.html"),
    *TEMPLATES.glob("experts/invitation_*.html"),
    *TEMPLATES.glob("experts/guest_*.html"),
    *TEMPLATES.glob("materials/catalogue_*.html"),
    *TEMPLATES.glob("materials/_catalogue_*.html"),
    *TEMPLATES.glob("feedback/verify_*.html"),
    *TEMPLATES.glob("feedback/_verify_*.html"),
    TEMPLATES / "experts" / "_mail_choices.html",
    TEMPLATES / "components" / "error_summary.html",
    TEMPLATES / "components" / "language_switch.html",
]
ARABIC = {
    entry.msgid: entry.msgstr
    for entry in polib.pofile(str(ROOT / "locale/ar/LC_MESSAGES/django.po"))
}


def sentences(text: str) -> list[str]:
    """The msgids of a template, as Django extracts them."""
    plain = re.findall(r'\{%\s*translate "([^"]+)"', text)
    blocks = re.findall(
        r"\{%\s*blocktranslate trimmed(?! count)[^%]*%\}(.*?)\{%\s*endblocktranslate", text, re.S
    )
    trimmed = [" ".join(line.strip() for line in b.strip().splitlines()) for b in blocks]
    return plain + [re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", b) for b in trimmed]


@pytest.mark.parametrize("path", OFFERED, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_every_sentence_of_an_offered_page_has_its_arabic(path):
    assert [s for s in sentences(path.read_text()) if not ARABIC.get(s)] == []


@pytest.mark.django_db
def test_the_log_in_speaks_arabic_from_right_to_left(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    assert page.headers["Content-Language"] == "ar"


@pytest.mark.django_db
def test_a_guests_page_takes_its_language_from_the_address(client):
    invitation = make.invitation(make.cop_session(), make.person())
    url = reverse("session_answer", args=[invitations.link_token(invitation)])
    assert 'dir="rtl"' in client.get(f"{url}?lang=ar").content.decode()
    assert 'dir="ltr"' in client.get(f"{url}?lang=xx").content.decode()


@pytest.mark.django_db
def test_a_page_that_is_not_translated_stays_whole_in_english(client, as_user):
    page = as_user(make.user()).get("/", headers={"accept-language": "ar"})
    assert '<html lang="en" dir="ltr">' in page.content.decode()


def test_an_error_page_speaks_the_readers_language(client, db):
    page = client.get("/nowhere/", headers={"accept-language": "ar"})
    assert page.status_code == 404
    assert 'dir="rtl"' in page.content.decode()


def test_every_text_of_a_mail_is_said_in_every_language_of_mails():
    assert list(mail_strings.findings()) == []
    assert [fault for fault in setup.translation_findings() if "locale/" in fault] == []


def test_the_languages_that_are_checked_are_those_mails_are_written_in(settings):
    codes = {code for code, _label in settings.MAIL_LANGUAGES}
    assert set(mail_strings.LANGUAGES) == codes - {"en"}


def test_a_text_that_a_language_lacks_is_found(monkeypatch):
    extra = mail_strings.Text("mail", "Hello {stranger},")
    texts = mail_strings.texts()
    monkeypatch.setattr(mail_strings, "texts", lambda: texts | {extra})
    assert list(mail_strings.findings()) == [
        f"{language}: not said in mails: Hello {{stranger}}," for language in mail_strings.LANGUAGES
    ]


def test_a_text_that_no_mail_says_any_more_is_found(monkeypatch):
    gone = mail_strings.Text("mail", "You said that you will come.")
    texts = mail_strings.texts()
    monkeypatch.setattr(mail_strings, "texts", lambda: texts - {gone})
    assert len(list(mail_strings.findings())) == len(mail_strings.LANGUAGES)


def test_the_texts_of_mails_are_read_out_of_the_code():
    texts = mail_strings.texts()
    assert mail_strings.Text("mail", "Hello {name},") in texts
    assert mail_strings.Text(None, "in %(days)d day") in texts
    assert mail_strings.Text(None, "Expert") in texts
    assert mail_strings.Text(None, "Ended: %(label)s.") in texts
    assert mail_strings.Text(None, "Once a week") in texts
    assert not any(text.msgid == "Log in" for text in texts)
