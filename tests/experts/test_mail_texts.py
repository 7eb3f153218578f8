"""A manager's own words: used in the next mail, kept by version, tried out on real objects."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from cop_platform.common.refusals import Refused
from experts.domain import accounts, mail_editing, mail_texts, message_kinds, sender
from experts.domain.mail_words import BadWords
from experts.enums import Role
from experts.models import MailText, Message
from materials.models import Erratum
from practices.domain.people import buddies
from practices.models import QuestionRoute
from tests import factories as make
from tests.feedback import world as reviews
from tests.practices import world as learning
from tests.practices.people import small as members
from tests.reports import stored
from tests.sessions.actions import world as promised

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _label in settings.MAIL_LANGUAGES]
KIND = "session_invitation"
# For pages, which go by the real clock.
AHEAD = date(2099, 11, 26)
WORDS = {"subject": "Come: {title}", "body": "Dear {name}\n\n{when}\n\n{answer_button}"}


def manager(**more):
    return make.user(Role.PROJECT_MANAGER, **more)


def save(by, version=0, kind=KIND, language="en", **words):
    deed = {"kind": kind, "language": language, "version": version, "by": by, "at": make.NOW}
    return mail_editing.save(**deed, **(WORDS | words))


def edit_page(kind=KIND, language="en", name="mail_text_edit"):
    return reverse(name, args=[kind, language])


def typed(version=0, **more):
    return {"version": version, "once": str(uuid.uuid4())} | WORDS | more


def world():
    """An object of every kind that mails are about."""
    lead = make.user(Role.COORDINATOR)
    make.series(by=lead, purpose="Plan the year")
    make.poll(by=lead, purpose="Find a day")
    asked_again = reviews.review_round(by=lead)
    reviews.answered(asked_again, make.person())
    reviews.wave(asked_again)
    reviews.verdict(reviews.version())
    learning.comment("session", make.cop_session(by=lead).pk)
    stored.report()
    question = learning.question()
    learning.answer(question)
    QuestionRoute.objects.create(question=question, person=make.person(), asked_at=make.NOW)
    make.person()
    learning.idea(answered_on=learning.DAY, answer="We try it in May.")
    mended = make.version()
    Erratum.objects.create(version=make.version(mended.material), corrects=mended)
    learning.practice()
    members.coffee_pair()
    promised.handed()
    buddies.settle(
        newcomer_id=members.newcomer().pk, buddy_id=members.expert().pk, by=lead, at=make.NOW
    )
    accounts.invite(
        by=lead,
        cop=make.cop(make.country("BG")),
        role=Role.EXPERT,
        name="New",
        email="new@example.org",
        at=make.NOW,
    )


def test_every_kind_in_every_language_is_written_to_the_last_word():
    world()
    by = manager(name="Ana Costa")
    members.exchange_match(by.person)
    english = {}
    for language in LANGUAGES:
        for kind in message_kinds.written():
            standard = mail_texts.standard(kind.name, language)
            shown = mail_editing.preview(
                kind=kind.name,
                language=language,
                subject=standard[0],
                body=standard[1],
                by=by,
                at=make.NOW,
            )
            where = f"{kind.name} {language}"
            assert bool(shown.about) == bool(kind.example), where
            mail = shown.mail
            assert not {"{", "}", "%("} & set(mail.subject + mail.text), where
            assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in (
                mail.html
            )
            if kind.example:
                assert "Ana Costa" in mail.text, where
            if language == "en":
                english[kind.name] = mail.text
            else:
                assert mail.text.splitlines()[0] != english[kind.name].splitlines()[0], where


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standard_words_use_the_same_placeholders_in_every_language(language):
    for kind in message_kinds.written():
        ours, english = (mail_texts.standard(kind.name, code) for code in (language, "en"))
        for placeholder in map(str, kind.words.placeholders):
            assert [placeholder in part for part in ours] == [placeholder in p for p in english]


def test_a_kind_without_an_object_is_shown_with_what_its_placeholders_stand_for():
    subject, body = mail_texts.standard(KIND, "en")
    deed = {"kind": KIND, "language": "en", "by": manager(), "at": make.NOW}
    shown = mail_editing.preview(subject=subject, body=body, **deed)
    assert shown.about == ""
    assert "Hello [the reader's name]," in shown.mail.text


@pytest.mark.django_db(transaction=True)
def test_edited_words_are_in_the_next_mail_and_only_in_their_language(sink):
    save(manager())
    session = make.cop_session()
    for language in ("en", "de"):
        make.invitation(session, make.person(name="Ana", language=language))
    sender.send_due(at=make.NOW)
    assert sorted(sink.subjects()) == ["Come: First meetings", "Einladung: First meetings"]
    english = next(mail for mail in sink.mails if mail["Subject"].startswith("Come"))
    assert english.get_body(("plain",)).get_content().splitlines()[:3] == [
        "Dear Ana",
        "",
        "When: Thu 26 Nov 2026, 10:00–11:30, in 2 days",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_mail_speaks_the_readers_language_also_where_it_says_days(sink):
    session = make.cop_session()
    make.invitation(session, make.person(language="el"))
    sender.send_due(at=make.NOW)
    text = sink.mails[0].get_body(("plain",)).get_content()
    assert "Πέμ 26 Νοεμβρίου 2026, 10:00–11:30" in text
    assert "σε 2 ημέρες" in text


def test_versions_are_kept_as_they_were_written():
    by = manager()
    first = save(by)
    save(by, version=1, subject="Please come: {title}")
    mail_editing.back_to_standard(kind=KIND, language="en", by=by, at=make.NOW)
    mail_editing.use_again(kind=KIND, language="en", version=1, by=by, at=make.NOW)
    found = mail_editing.versions(KIND, "en")
    assert [(v.text.version, v.text.subject, v.in_use) for v in found] == [
        (4, "Come: {title}", True),
        (3, "", False),
        (2, "Please come: {title}", False),
        (1, "Come: {title}", False),
    ]
    assert ("-", "Come: {title}") in found[2].changes
    for change in (MailText.objects.filter(pk=first.pk).update, MailText.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(subject="x") if change.__name__ == "update" else change()


def test_the_platforms_words_come_back():
    by = manager()
    save(by)
    assert mail_texts.prepared(KIND, "en").subject == "Come: %(title)s"
    mail_editing.back_to_standard(kind=KIND, language="en", by=by, at=make.NOW)
    assert mail_texts.prepared(KIND, "en").subject == "Invitation: %(title)s"


def test_who_was_overtaken_keeps_what_was_typed_and_sees_what_is_there(as_user):
    by = manager()
    save(by, subject="Theirs")
    client = as_user(by)
    page = client.post(edit_page(), typed(0, subject="Mine"))
    assert page.status_code == 200
    assert "Somebody saved other words meanwhile." in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    assert client.post(edit_page(), typed(1, subject="Mine")).status_code == 302
    assert mail_editing.current(KIND, "en")[:2] == (2, "Mine")


def test_words_that_cannot_be_used_are_not_saved_and_not_lost(as_user):
    page = as_user(manager()).post(edit_page(), typed(body="Dear {nobody}"))
    assert page.status_code == 200
    assert "is not a placeholder of this mail" in page.content.decode()
    assert "Dear {nobody}" in page.content.decode()
    assert not MailText.objects.exists()


def test_the_domain_refuses_others_than_the_manager():
    with pytest.raises(Refused, match="project manager"):
        save(make.user(Role.COORDINATOR))


def test_words_written_for_placeholders_that_are_gone_fall_back_to_ours():
    by = manager().person
    row = {"kind": KIND, "language": "en", "version": 1, "written_at": make.NOW}
    MailText.objects.create(subject="Old {gone}", body="x", written_by=by, **row)
    assert mail_texts.prepared(KIND, "en").subject == "Invitation: %(title)s"


def test_trying_words_out_changes_no_mail_outside():
    with pytest.raises(BadWords), mail_texts.trying(KIND, "en", "{x}", "y"):
        pass
    with mail_texts.trying(KIND, "en", **WORDS):
        assert mail_texts.prepared(KIND, "en").subject == "Come: %(title)s"
        assert mail_texts.prepared(KIND, "de").subject == "Einladung: %(title)s"
    assert mail_texts.prepared(KIND, "en").subject == "Invitation: %(title)s"


@pytest.mark.django_db(transaction=True)
def test_a_test_goes_to_the_manager_alone_at_once_and_is_marked(sink, as_user):
    make.invitation(make.cop_session(), make.person())
    by = manager()
    client = as_user(by)
    once = {"once": str(uuid.uuid4()), "test": "1"}
    for _attempt in range(2):
        page = client.post(edit_page(), typed(**once))
        assert 'value="Come: {title}"' in page.content.decode()
    assert Message.objects.filter(kind=mail_editing.TEST_KIND).count() == 1
    message = Message.objects.get(kind=mail_editing.TEST_KIND)
    sender.send_due(at=message.due_at)
    tests = [mail for mail in sink.mails if mail["Subject"].startswith("[Test] Come: ")]
    assert [mail["To"] for mail in tests] == [by.person.email]
    assert not MailText.objects.exists()


@pytest.mark.parametrize("kind", ["account_invitation", "review_reminder", "poll_nudge"])
def test_a_test_can_be_sent_of_every_kind(kind):
    subject, body = mail_texts.standard(kind, "sv")
    by = manager()
    deed = {"kind": kind, "language": "sv", "by": by, "at": make.NOW, "once": uuid.uuid4()}
    mail_editing.send_test(subject=subject, body=body, **deed)
    assert Message.objects.get(kind=mail_editing.TEST_KIND).person == by.person


def test_a_preview_is_written_to_the_looker_and_its_links_open_nothing(as_user):
    make.invitation(make.cop_session(day=AHEAD), make.person(name="Somebody Else"))
    by = manager(name="Ana Costa")
    page = as_user(by).post(edit_page(name="mail_text_preview"), typed()).content.decode()
    assert "A real example: “First meetings”" in page
    assert "Dear Ana Costa" in page
    assert "Somebody Else" not in page
    assert "/g/0." in page


def test_security_22_a_preview_runs_nothing_and_loads_nothing(as_user):
    make.cop_session(title='"><script>alert(1)</script>', day=AHEAD)
    page = as_user(manager()).get(edit_page(name="mail_text_preview"))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "<script" not in page.content.decode()
    assert "<iframe sandbox " in page.content.decode()


def test_a_preview_of_bad_words_says_what_is_wrong(as_user):
    page = as_user(manager()).post(edit_page(name="mail_text_preview"), typed(subject="{x}"))
    assert page.status_code == 200
    assert "“{x}” is not a placeholder" in page.content.decode()


def test_a_review_preview_names_no_reviewer(as_user):
    found = reviews.review_round()
    expert = make.person(name="Secret Reviewer")
    assignment = reviews.assigned(found, expert)
    page = as_user(manager()).get(edit_page("review_reminder", name="mail_text_preview"))
    assert "Secret Reviewer" not in page.content.decode()
    assert str(assignment.pk) not in page.content.decode()


def test_the_list_asks_as_many_questions_for_three_texts_as_for_one(
    as_user, django_assert_num_queries
):
    by = manager()
    client = as_user(by)
    counts = []
    for language in ("en", "de", "ar"):
        save(by, language=language)
        with django_assert_num_queries(4, exact=False) as found:
            page = client.get(reverse("mail_text_list"))
        counts.append(len(found))
    assert counts[0] == counts[2]
    assert by.person.name in page.content.decode()


def test_ten_mails_ask_for_their_words_once(django_assert_num_queries):
    with translation.override("de"):
        mail_texts.prepared(KIND, "de")
        with django_assert_num_queries(0):
            for _mail in range(10):
                mail_texts.prepared(KIND, "de")
