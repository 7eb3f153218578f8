"""The page that takes receipt codes: what is kept, what stops, what changed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.coding import theme_source
from feedback.focus_groups.domain.easy import guest_words
from feedback.focus_groups.domain.keeping import erasing
from feedback.focus_groups.models import (
    CoderPass,
    Coding,
    FormAnswer,
    FormResponse,
    Quote,
    Theme,
)
from feedback.focus_groups.views.receipt import GUESSES
from tests import factories as make
from tests.feedback.groups import apart_sql, world

pytestmark = pytest.mark.django_db

PAGE = "/g/receipt/"
NO_CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def holder():
    participant = world.participant(world.group())
    world.quote(participant)
    world.quote(participant, "Too many words.")
    return participant


def typed(client, code, deed="", lang="en", **more):
    return client.post(f"{PAGE}?lang={lang}", {"code": code, "deed": deed}, **more)


def words(lang="en"):
    return guest_words.words(lang)


def text_of(response):
    return response.content.decode()


def decided(version, **more):
    values = {
        "material": version.material,
        "version": version,
        "asked": "As somebody said it",
        "public_asked": "Use shorter words",
        "decision": Decision.ACCEPT,
        "reason": "It helps readers",
        "raised_on": world.DAY,
        "decided_at": make.NOW,
    }
    return ChangeRequest.objects.create(**values | more)


def theme_of(quote):
    code = world.code()
    coder = make.person()
    passed = CoderPass.objects.create(quote=quote, coder=coder, done_on=world.DAY)
    Coding.objects.create(coded=passed, code=code)
    theme = Theme.objects.create(
        country=quote.group.country, title=f"Theme {code.pk}", added_on=world.DAY
    )
    theme.codes.add(code)
    return theme


def test_the_page_is_there_in_every_language(client, holder):
    for lang in guest_words.LANGUAGES:
        entry = client.get(f"{PAGE}?lang={lang}")
        opened = typed(client, holder.receipt_code, lang=lang)

        for response in (entry, opened):
            html = text_of(response)
            assert f'<html lang="{lang}" dir="{words(lang).direction}">' in html
            assert response["Content-Language"] == lang
            assert "{" not in re.sub(r"<[^>]*>", "", html)
        assert words(lang)["receipt_kept"] in text_of(opened)


@pytest.mark.parametrize("lang", guest_words.LANGUAGES)
def test_the_words_are_complete_and_short(lang):
    own = {k: v for k, v in words(lang).texts.items() if k.startswith("receipt_")}
    english = {k for k in words().texts if k.startswith("receipt_")}

    assert set(own) == english
    assert not [fault for fault in guest_words.faults(lang) if "receipt_" in fault]
    for text in own.values():
        assert all(len(part.split()) <= 15 for part in re.split(r"(?<=[.?!።])\s+", text))


def test_a_code_shows_what_is_kept_and_agreed(client, holder):
    html = text_of(typed(client, holder.receipt_code))

    assert "Things you said: 2" in html
    assert words()["receipt_print"] in html
    assert "We delete your words by" in html
    assert words()["receipt_changes_none"] in html
    assert "The form was too long." not in html


def test_stop_printing_takes_effect_at_once(client, holder):
    assert Quote.objects.quotable().count() == 2

    html = text_of(typed(client, holder.receipt_code, "stop"))

    assert not Quote.objects.quotable().exists()
    assert holder.quotes.count() == 2
    assert words()["receipt_stopped"] in html
    assert 'value="stop"' not in html


def test_stopping_twice_is_stopping_once(client, holder):
    pages = [typed(client, holder.receipt_code, "stop") for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert holder.consents.filter(withdrawn_on__isnull=False).count() == 1


def test_deleting_asks_first(client, holder):
    html = text_of(typed(client, holder.receipt_code, "erase"))

    assert words()["receipt_delete_sure"] in html
    assert holder.quotes.count() == 2


def test_delete_everything_leaves_nothing_and_the_page_says_so(client, holder):
    typed(client, holder.receipt_code, "erase for good")

    again = text_of(typed(client, holder.receipt_code))

    assert not Quote.objects.exists()
    assert words()["receipt_gone"] in again
    assert words()["receipt_kept"] not in again


def test_deleting_twice_is_deleting_once(client, holder):
    pages = [typed(client, holder.receipt_code, "erase for good") for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(words()["receipt_gone"] in text_of(page) for page in pages)


def test_nothing_is_half_erased(client, holder, monkeypatch):
    def broken(**_values):
        raise DatabaseError

    monkeypatch.setattr(erasing.audit, "record", broken)
    with pytest.raises(DatabaseError):
        erasing.erase(holder, at=make.NOW)

    holder.refresh_from_db()
    assert holder.erased_on is None
    assert holder.quotes.count() == 2


def test_answers_of_a_form_are_shown_stopped_and_erased(client):
    response = world.response(world.easy_form(), 4, "Fine", may_quote=True)

    shown = text_of(typed(client, response.receipt_code))
    stopped = text_of(typed(client, response.receipt_code, "stop"))
    typed(client, response.receipt_code, "erase for good")

    assert "Your answers: 2" in shown
    assert words()["receipt_stopped"] in stopped
    assert not FormResponse.objects.filter(may_quote=True).exists()
    assert not FormAnswer.objects.exists()


def test_what_changed_is_told_of_the_groups_themes_alone(client, holder):
    version = make.version(make.material("BG"))
    theme = theme_of(holder.quotes.first())
    other = theme_of(world.quote(world.participant(world.group())))
    decided(version, source_kind=theme_source.KIND, source_key=theme.pk)
    decided(
        version,
        source_kind=theme_source.KIND,
        source_key=other.pk,
        public_asked="Of another group",
    )
    decided(version, public_asked="Typed by somebody")

    html = text_of(typed(client, holder.receipt_code, lang="en"))

    assert "Use shorter words" in html
    assert words()["receipt_accept"] in html
    assert "It helps readers" in html
    assert "As somebody said it" not in html
    assert "Of another group" not in html
    assert "Typed by somebody" not in html


@pytest.mark.parametrize(
    "hidden",
    [
        {"decision": Decision.OPEN, "decided_at": None, "reason": ""},
        {"public_asked": ""},
    ],
)
def test_undecided_and_unpublished_requests_are_not_told(client, hidden):
    form = world.easy_form(version=make.version(make.material("BG")))
    decided(form.version, **hidden)

    html = text_of(typed(client, world.response(form, 4).receipt_code))

    assert words()["receipt_changes_none"] in html


def test_a_released_version_is_linked_in_the_catalogue(client):
    version = make.version(make.material("BG"))
    done = make.version(version.material, released_at=make.NOW)
    form = world.easy_form(version=version)
    decided(version, done_in=done)

    html = text_of(typed(client, world.response(form, 4).receipt_code))

    assert words().say("receipt_done", number=done.number) in html
    assert f"{reverse('catalogue_entry', args=[version.material.code])}#v{done.number}" in html


def test_after_an_erasure_what_changed_is_still_told(client):
    form = world.easy_form(version=make.version(make.material("BG")))
    decided(form.version)
    code = world.response(form, 4).receipt_code

    html = text_of(typed(client, code, "erase for good"))

    assert "Use shorter words" in html


@pytest.mark.parametrize("code", ["", NO_CODE, "x" * 10_000, "😀" * 10_000, "<b>hello"])
def test_security_8_an_unknown_code_and_a_mistyped_one_get_the_same_sentence(client, code):
    response = typed(client, code)

    assert response.status_code == 200
    assert words()["receipt_unknown"] in text_of(response)
    assert "<b>hello" not in text_of(response)


def test_security_8_the_code_travels_in_the_body_alone(client, holder):
    by_address = client.get(f"{PAGE}?code={holder.receipt_code}")
    opened = typed(client, holder.receipt_code)

    assert words()["receipt_kept"] not in text_of(by_address)
    assert not re.search(rf'(?:href|action)="[^"]*{holder.receipt_code}', text_of(opened))
    assert opened.status_code == 200  # no redirect that would carry it
    assert opened["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened["Cache-Control"]


def test_security_8_get_changes_nothing(client, holder):
    client.get(PAGE, {"code": holder.receipt_code, "deed": "erase for good"})

    assert holder.quotes.count() == 2


def test_security_11_after_twenty_wrong_codes_no_code_is_looked_at(client, holder):
    for _ in range(GUESSES):
        assert typed(client, NO_CODE).status_code == 200

    refused = typed(client, holder.receipt_code, lang="uk")

    assert refused.status_code == 429
    assert words("uk")["receipt_busy"] in text_of(refused)
    assert words("uk")["receipt_kept"] not in text_of(refused)


def test_security_11_a_made_up_forwarded_address_is_no_new_place(client):
    for number in range(GUESSES):
        typed(client, NO_CODE, headers={"X-Forwarded-For": f"10.0.0.{number}"})

    assert typed(client, NO_CODE).status_code == 429


def test_security_11_right_codes_do_not_count_as_guesses(client, holder):
    for _ in range(GUESSES + 5):
        assert typed(client, holder.receipt_code).status_code == 200


def test_no_cookie_no_script_and_little_weight(holder):
    client = Client(enforce_csrf_checks=True)
    for response in (client.get(PAGE), typed(client, holder.receipt_code)):
        assert not response.cookies
        assert "<script" not in text_of(response)
        assert "http://" not in text_of(response)
        assert len(response.content) < 20_000


def test_the_language_of_the_browser_is_the_first_guess(client):
    response = client.get(PAGE, headers={"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.5"})

    assert response["Content-Language"] == "uk"


def test_no_statement_of_the_page_brings_words_and_people_together(client, holder):
    world.attendance(holder.group, "Ana")
    theme = theme_of(holder.quotes.first())
    decided(
        make.version(make.material("BG")),
        source_kind=theme_source.KIND,
        source_key=theme.pk,
    )

    with apart_sql.watched() as statements:
        for deed in ("", "stop", "erase", "erase for good"):
            typed(client, holder.receipt_code, deed)

    assert any("feedback_participant" in sql for sql in statements)
    assert apart_sql.joined(statements) == []


def test_the_page_asks_the_same_for_one_change_and_three(client):
    form = world.easy_form(version=make.version(make.material("BG")))
    code = world.response(form, 4).receipt_code
    counts = []
    for number in (1, 2):
        for n in range(number):
            decided(form.version, public_asked=f"Wish {number} {n}")
        with apart_sql.watched() as statements:
            typed(client, code)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_day_of_deletion_follows_the_rule(client, holder):
    from feedback.focus_groups.domain.keeping import retention
    from feedback.focus_groups.enums import Kept
    from feedback.focus_groups.models import RetentionRule

    RetentionRule.objects.update_or_create(kind=Kept.WORDS, defaults={"days": 10})
    day = holder.group.session.wall_day + timedelta(days=10)

    assert retention.delete_on(holder, Kept.WORDS) == day
    assert words().day(day) in text_of(typed(client, holder.receipt_code))
