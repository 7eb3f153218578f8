"""The funder's rules: the grant, its words in each language, and pictures that are pictures."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from experts import reference
from experts.enums import Role
from feedback.reports.domain.funding import keeping, pictures
from feedback.reports.domain.funding.pictures import BadPicture
from feedback.reports.models import FundingText, Grant, Logo
from tests import factories as make
from tests.reports import funded

WORDS = {
    "acronym": "PORT",
    "title": "Portfolios",
    "number": "2025-1-BG01-KA220-ADU-000000000",
    "authority": "The agency",
    "result": "",
    "licence": "CC BY 4.0",
    "emblem_words": "Flag of Europe",
}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (funded.png(), "image/png"),
        (funded.jpeg(), "image/jpeg"),
        (funded.SVG, "image/svg+xml"),
        (b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y">' + funded.SVG, "image/svg+xml"),
    ],
)
def test_a_picture_is_known_by_its_content(data, media_type):
    assert pictures.checked(data).media_type == media_type


def _svg(inside: str, attributes: str = "") -> bytes:
    start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{start} viewBox="0 0 3 2" {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"GIF89a",
        funded.png()[:-20],
        funded.png() + b"\0" * pictures.MAX_BYTES,
        funded.jpeg()[:100],
        _svg("<script>alert(1)</script>"),
        _svg('<rect onload="alert(1)"/>'),
        _svg('<image href="https://example.org/a.png"/>'),
        _svg('<a href="#x"><rect/></a>'),
        _svg('<rect xlink:href="https://example.org/"/>'),
        _svg('<rect fill="url(https://example.org/a.svg#x)"/>'),
        _svg("<style>@import 'https://example.org/a.css';</style>"),
        _svg("<style>rect{fill:u\\72l(https://example.org)}</style>"),
        _svg("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"),
        _svg("<rect/>" * (pictures.vectors.MAX_SHAPES + 1)),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + funded.SVG,
        b'<?xml-stylesheet href="a.css"?>' + funded.SVG,
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>',
        b"<svg><rect",
        b"<html><svg/></html>",
    ],
)
def test_what_is_no_harmless_picture_is_refused_with_a_sentence(data):
    with pytest.raises(BadPicture, match=r"\w.*\."):
        pictures.checked(data)


def test_gradients_of_its_own_stay_in_a_drawing():
    drawing = _svg(
        '<defs><linearGradient id="g"/></defs><style>.a{fill:#fff}</style>'
        '<rect class="a" fill="url(#g)"/>'
    )

    assert pictures.checked(drawing).data == drawing


@pytest.mark.django_db
def test_the_grant_is_typed_and_typed_again(as_user):
    client, url = as_user(make.user(Role.PROJECT_MANAGER)), reverse("report_grant")

    first = client.post(url, WORDS | {"emblem": SimpleUploadedFile("a.txt", funded.png())})
    second = client.post(url, WORDS | {"acronym": "NEW"})

    grant = Grant.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (grant.acronym, grant.emblem_type) == ("NEW", "image/png")
    assert client.get(reverse("funding_emblem"))["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"number": ""}, "number"),
        ({"title": "x" * 300}, "title"),
        ({"licence": "mine"}, "licence"),
        ({"acronym": "a\x00b"}, "acronym"),
        ({"emblem": SimpleUploadedFile("e.svg", _svg("<script/>"))}, "emblem"),
        ({"emblem": SimpleUploadedFile("e.png", b"x" * 400_000)}, "emblem"),
        ({"emblem": SimpleUploadedFile("e.png", funded.png()), "emblem_words": ""}, "emblem_words"),
    ],
)
def test_bad_words_of_a_grant_stand_beside_their_field(as_user, posted, field):
    client = as_user(make.user(Role.PROJECT_MANAGER))

    answer = client.post(reverse("report_grant"), WORDS | posted)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Grant.objects.count() == 0


@pytest.mark.django_db
def test_a_sign_off_is_lost_when_a_letter_changes(as_user):
    text, manager = funded.text("bg"), make.user(Role.PROJECT_MANAGER)
    client, url = as_user(manager), reverse("funding_text", args=["bg"])
    same = {"statement": text.statement, "disclaimer": text.disclaimer}

    client.post(url, same | {"seen": keeping.digest(text)})
    kept = FundingText.objects.get().signed_off_at
    client.post(url, same | {"statement": "Co-funded.", "seen": keeping.digest(text)})

    assert kept == make.NOW
    assert FundingText.objects.get().signed_off_at is None


@pytest.mark.django_db
def test_the_words_that_were_read_are_the_ones_that_are_signed(as_user):
    text, manager = funded.text("el", signed=False), make.user(Role.PROJECT_MANAGER)
    client, url = as_user(manager), reverse("funding_text_sign", args=["el"])

    client.post(url, {"seen": "of other words"})
    before = FundingText.objects.get().signed_off_by
    client.post(url, {"seen": keeping.digest(text)})

    assert before is None
    assert FundingText.objects.get().signed_off_by == manager.person


@pytest.mark.django_db
@pytest.mark.parametrize(
    "posted",
    [
        {"statement": "", "disclaimer": "x"},
        {"statement": "x", "disclaimer": " \n "},
        {"statement": "x" * 4000, "disclaimer": "x"},
        {"statement": "x\x00", "disclaimer": "x"},
        {"statement": "x", "disclaimer": "x", "seen": "0" * 64},
    ],
)
def test_bad_words_change_nothing(as_user, posted):
    text = funded.text("de")
    client = as_user(make.user(Role.PROJECT_MANAGER))

    answer = client.post(
        reverse("funding_text", args=["de"]), {"seen": keeping.digest(text)} | posted
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert FundingText.objects.get().signed_off_at == make.NOW


@pytest.mark.django_db
def test_words_wait_for_the_grant(as_user):
    client = as_user(make.user(Role.PROJECT_MANAGER))

    answer = client.post(
        reverse("funding_text", args=["en"]), {"statement": "x", "disclaimer": "y", "seen": ""}
    )

    assert "Type the grant first" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "code", "done"),
    [
        (Role.PARTNER, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.PARTNER, "IT", False),
        (Role.COORDINATOR, "BG", False),
        (Role.EXPERT, "BG", False),
    ],
)
def test_who_gives_a_logo(as_user, role, code, done):
    partner, client = funded.partner("BG"), as_user(make.user(role, code))
    url = reverse("partner_logo", args=[partner.pk])

    answer = client.post(url, {"picture": SimpleUploadedFile("l.svg", funded.SVG)})

    assert answer.status_code == (302 if done else 404)
    assert Logo.objects.count() == done


@pytest.mark.django_db
def test_a_logo_is_replaced_and_taken_away(as_user):
    logo, client = funded.logo(), as_user(make.user(Role.PARTNER))
    url = reverse("partner_logo", args=[logo.partner_id])

    client.post(url, {"picture": SimpleUploadedFile("l", funded.png())})
    replaced = Logo.objects.get().media_type
    client.post(reverse("partner_logo_remove", args=[logo.partner_id]))

    assert replaced == "image/png"
    assert Logo.objects.count() == 0


@pytest.mark.django_db
def test_history_keeps_what_the_words_were():
    text, manager = funded.text("it"), make.user(Role.PROJECT_MANAGER)

    keeping.save_text(
        language="it",
        statement="New.",
        disclaimer="New.",
        seen=keeping.digest(text),
        by=manager,
        at=make.NOW,
    )

    kept = FundingText.pgh_event_model.objects.filter(pgh_obj=text).order_by("pgh_id")
    assert [row.statement for row in kept] == ["Funded by the European Union.", "New."]


@pytest.mark.django_db
def test_the_page_asks_as_often_for_one_and_for_three(as_user, django_assert_max_num_queries):
    client, counts = as_user(make.user(Role.PROJECT_MANAGER)), []
    reference.countries()
    for languages in (["bg"], ["de", "el"]):
        for language in languages:
            funded.text(language)
            funded.logo()
        with django_assert_max_num_queries(12) as counted:
            client.get(reverse("report_funding"))
        counts.append(len(counted))

    assert counts[0] == counts[1]
