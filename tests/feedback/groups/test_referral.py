"""The referral card: in many languages, half a page, right to left where it must be."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.focus_groups.domain.guides import referral
from feedback.focus_groups.models import ReferralCard
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.host()


def saved(host, **texts):
    country = make.country()
    return referral.save(
        country_id=country.pk,
        texts=texts,
        phone="112",
        note="Walk along.",
        seen="",
        by=host,
        at=make.NOW,
    )


def test_a_card_is_written_in_several_languages(as_user, host):
    client, url = as_user(host), reverse("referral_card", args=["BG"])
    seen = client.get(url).context["seen"]

    client.post(url, {"words_bg": "Помощ", "words_ar": "مساعدة", "phone": "112", "seen": seen})

    card = ReferralCard.objects.get(country__code="BG")
    assert (card.texts, card.phone) == ({"bg": "Помощ", "ar": "مساعدة"}, "112")


def test_the_countrys_own_language_and_english_come_first(as_user, host):
    form = as_user(host).get(reverse("referral_card", args=["BG"])).context["form"]

    assert [field.name for field in form.words][:2] == ["words_bg", "words_en"]


def test_two_who_write_the_card_meet(as_user, host):
    client, url = as_user(host), reverse("referral_card", args=["BG"])
    seen = client.get(url).context["seen"]
    client.post(url, {"words_en": "One", "seen": seen})

    page = client.post(url, {"words_en": "Two", "seen": seen})

    assert page.status_code == 409
    assert [(row["stored"], row["typed"]) for row in page.context["rows"]] == [("One", "Two")]


def test_a_card_too_long_for_half_a_page_is_refused(as_user, host):
    page = as_user(host).post(
        reverse("referral_card", args=["BG"]), {"words_en": "😀" * 10_000, "seen": ""}
    )

    assert "Please shorten this to 1500 characters; it has 10000." in page.text


def test_it_prints_right_to_left_and_without_the_note(as_user, host):
    saved(host, en="Help", ar="مساعدة")

    page = as_user(host).get(reverse("referral_print", args=["BG"]), {"language": "ar"}).text

    assert '<div class="referral-paper" lang="ar" dir="rtl"><p>مساعدة</p>' in page
    assert "Walk along." not in page


def test_it_prints_in_the_countrys_language_when_none_is_chosen(as_user, host):
    saved(host, en="Help", bg="Помощ")

    assert as_user(host).get(reverse("referral_print", args=["BG"])).context["language"] == "bg"


@pytest.mark.parametrize("language", ["ar", "xx", ""])
def test_a_language_it_is_not_written_in_is_a_bad_request(as_user, host, language):
    saved(host, en="Help")

    url = reverse("referral_print", args=["BG"])
    assert as_user(host).get(url, {"language": language}).status_code == 400


def test_no_card_leads_to_writing_one(as_user, host):
    page = as_user(host).get(reverse("referral_print", args=["BG"])).text

    assert "This country has no referral card yet" in page


def test_the_card_of_another_country_is_not_theirs(as_user, host):
    make.country("IT")

    assert as_user(host).post(reverse("referral_card", args=["IT"])).status_code == 403
    manager = make.user(Role.PROJECT_MANAGER)
    assert as_user(manager).get(reverse("referral_card", args=["IT"])).status_code == 200
