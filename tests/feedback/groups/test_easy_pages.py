"""The easy form as a guest meets it: no cookie, no script, one question a page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from feedback.focus_groups.domain.easy import answering, form_links, guest_words
from feedback.focus_groups.enums import AnswerKind, Voice
from feedback.focus_groups.models import (
    EasyForm,
    FormAnswer,
    FormResponse,
    ReferralCard,
)
from feedback.focus_groups.views import easy_start
from tests.feedback.groups import easy, world
from tests.feedback.groups.easy import at, get, start, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_easy_day")]
ALL_KINDS = tuple(AnswerKind.values)


def test_the_tiles_are_the_languages_of_the_form_each_in_its_direction():
    page = text(get(form_links.address(world.easy_form())))

    tiles = re.findall(r'href="\?lang=(\w+)" lang="(\w+)" dir="(\w+)"[^>]*>([^<]+)<', page)
    assert tiles == [
        ("bg", "bg", "ltr", "Български"),
        ("en", "en", "ltr", "English"),
        ("ar", "ar", "rtl", "العربية"),
        ("uk", "uk", "ltr", "Українська"),
    ]


def test_a_form_in_one_language_begins_without_tiles():
    page = get(form_links.address(world.easy_form(languages=["bg"])))

    assert guest_words.words("bg")["what_happens"] in text(page)


def test_the_page_before_the_start_tells_what_happens_with_answers():
    page = text(get(f"{form_links.address(world.easy_form())}?lang=ar"))

    words = guest_words.words("ar")
    told = ("why", "no_name", "who_reads", "no_authority", "no_cost", "stop", "delete")
    assert [key for key in told if words[key] not in page] == []
    assert '<html lang="ar" dir="rtl">' in page


def test_mentors_are_told_nothing_about_papers():
    page = text(get(f"{form_links.address(world.easy_form(voice=Voice.MENTOR))}?lang=en"))

    assert guest_words.words("en")["no_authority"] not in page


def test_no_ends_kindly_with_help_and_without_a_row():
    form = world.easy_form()
    ReferralCard.objects.create(
        country=form.country, texts={"ar": "مساعدة مجانية"}, phone="+359 2 123 456"
    )

    page = text(get(f"{form_links.address(form)}?lang=ar&answer=no"))

    assert guest_words.words("ar")["no_text"] in page
    assert 'href="tel:%2B3592123456"' in page or 'href="tel:+3592123456"' in page
    assert "مساعدة مجانية" in page
    assert not FormResponse.objects.exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_every_page_changes_nothing(method):
    form = world.easy_form()
    address = start(form)
    before = list(FormResponse.objects.values())

    for target in (
        form_links.address(form),
        f"{form_links.address(form)}?lang=ar",
        f"{form_links.address(form)}?lang=ar&answer=no",
        address,
        at(address, 2),
        at(address, "last"),
        at(address, "end"),
    ):
        assert getattr(Client(), method)(target).status_code in {200, 302}

    assert list(FormResponse.objects.values()) == before
    assert not FormAnswer.objects.exists()


def test_yes_pressed_twice_starts_once():
    form = world.easy_form()
    secret = answering.new_secret(form)

    assert start(form, place=secret) == start(form, place=secret)
    assert FormResponse.objects.count() == 1


def test_no_page_sets_a_cookie_or_runs_a_script():
    form = world.easy_form("BG", *ALL_KINDS)
    client = Client(enforce_csrf_checks=True)
    client.get(form_links.address(form))
    address = client.post(f"{form_links.address(form)}?lang=ar")["Location"]
    pages = [client.get(at(address, step)) for step in (1, 2, 3, 4, "last")]

    assert not client.cookies
    assert [page for page in pages if b"<script" in page.content or b"style=" in page.content] == []
    assert {page.status_code for page in pages} == {200}


def test_many_starts_from_one_place_are_asked_to_wait(monkeypatch):
    monkeypatch.setattr(easy_start, "STARTS", 1)
    form = world.easy_form()
    start(form)

    page = Client().post(f"{form_links.address(form)}?lang=uk")

    assert page.status_code == 429
    assert guest_words.words("uk")["busy_text"] in text(page)


def test_security_8_a_guessed_and_a_revoked_link_answer_the_same():
    form = world.easy_form()
    revoked = form_links.address(form)
    EasyForm.objects.update(generation=2)
    forged = f"/g/f/{form.pk}.{'A' * 27}/"

    pages = [get(link, headers={"accept-language": "uk-UA"}) for link in (revoked, forged)]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content
    assert guest_words.words("uk")["unknown_text"] in text(pages[0])


def test_security_8_answers_are_kept_under_hashes_of_at_least_128_bits_for_one_form():
    form, other = world.easy_form(), world.easy_form()
    address = start(form)
    secret = address.rstrip("/").split("/")[-2]

    assert len(secret) * 6 >= 128
    assert secret not in str(list(FormResponse.objects.values()))
    elsewhere = f"{form_links.address(other)}{secret}/1/"
    assert get(elsewhere).status_code == 404
    assert get(address.replace(secret, "A" * len(secret))).status_code == 404


def test_security_8_no_page_of_a_form_is_kept_or_named_to_other_sites():
    form = world.easy_form()
    address = start(form)

    for target in (form_links.address(form), address, at(address, "last"), "/g/f/1.x/"):
        page = get(target)
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("day", "said"), [(date(2027, 1, 1), "closed"), (date(2026, 10, 31), "early")]
)
def test_security_8_a_form_is_open_on_its_days_alone(monkeypatch, day, said):
    form = world.easy_form()
    address = start(form)

    easy.on(monkeypatch, day)
    pages = [get(f"{form_links.address(form)}?lang=en"), get(f"{address}?lang=en")]
    start_page = Client().post(f"{form_links.address(form)}?lang=en")

    assert guest_words.words("en")[f"{said}_title"] in text(pages[0])
    assert pages[0].content == pages[1].content == start_page.content
    assert ("31 December 2026" if said == "closed" else "1 November 2026") in text(pages[0])
    assert FormResponse.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["/g/f/x/", "/g/f/1.A/b/1/", "/g/f/1.A/sound/notes/ar/", f"/g/f/{'9' * 40}.A/"]
)
def test_what_is_no_link_gets_a_kind_page(address):
    assert get(address).status_code == 404


@pytest.mark.parametrize("step", [1, 2, 3, 4, "last"])
def test_lesson_37_the_direction_is_the_whole_pages(step):
    address = start(world.easy_form("BG", *ALL_KINDS), "ar")

    page = text(get(at(address, step)))

    # One direction on the root; what differs inside is text of another language alone.
    assert '<html lang="ar" dir="rtl">' in page
    assert set(re.findall(r'dir="(\w+)"', page)) <= {"rtl", "ltr"}
    assert re.findall(r'<(?!h1|html)\w+[^>]* dir="(\w+)"', page) == []


def test_lesson_38_the_direction_is_stored_with_the_language_not_guessed():
    form = world.easy_form("BG", "faces", languages=["ar", "en"])
    form.questions.update(texts={"ar": "PDF. هل كان سهلا؟"})

    page = text(get(start(form, "ar")))

    assert 'lang="ar" dir="rtl">PDF. هل كان سهلا؟</h1>' in page
    assert {guest_words.direction(code) for code in ("ar", "fa")} == {"rtl"}
