"""The catalogue: open to everybody, only released editions, no cookie, no name, few queries."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from experts import reference
from experts.enums import Role
from feedback.reviews.models import Assignment
from materials import verdicts
from materials.domain import catalogue, usage
from materials.enums import UsedHow
from materials.models import Download, Erratum, LearnerUse, Material, Page
from tests import factories as make
from tests.feedback import world as reviews

pytestmark = pytest.mark.django_db
LIST = "/catalogue/"


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests():
    cache.clear()


def released(code: str = "", **more):
    """A released version of a material of its own, unless `of` names one."""
    about = {
        k: more.pop(k)
        for k in ("title", "summary", "type", "audience", "parts", "levels")
        if k in more
    }
    if code:
        about["code"] = code
    of = more.pop("of", None) or make.material(**about)
    return make.version(of, released_at=more.pop("released_at", make.NOW), **more)


def codes(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [entry.code for entry in response.context["entries"]]


def test_only_released_editions_are_there_for_everybody(client):
    released("A1")
    hidden = make.version(make.material(code="B2", title="Secret"))
    assert codes(client) == ["A1"]
    assert "Secret" not in client.get(LIST).content.decode()
    assert client.get("/catalogue/B2/").status_code == 404
    assert client.get("/catalogue/B2/card/").status_code == 404
    assert client.get(f"/catalogue/B2/v{hidden.number}/file").status_code == 404
    assert client.post(f"/catalogue/B2/v{hidden.number}/used", {"how": "helped"}).status_code == 404


@pytest.mark.parametrize(
    "url", [LIST, "/catalogue/A1/", "/catalogue/A1/card/", "/catalogue/feed.xml"]
)
def test_a_guest_gets_no_cookie_and_nothing_from_elsewhere(client, url):
    released("A1")
    response = client.get(url)
    assert response.status_code == 200
    assert not response.cookies
    page = response.content.decode()
    assert not re.findall(r"<script(?![^>]*application/ld\+json)", page)
    assert not re.findall(r'<(?:link rel="stylesheet"|img|iframe)[^>]*(?:href|src)="https?:', page)


def test_facets_narrow_and_count_materials(client):
    today = timezone.localdate()
    released("A1", type="guide", parts=["plan"], levels=["CEFR A2"], valid_until=today)
    released(
        "B2",
        type="workbook",
        audience="migrants",
        language="el",
        valid_until=today - timedelta(days=1),
    )
    both = released("C3", type="guide", parts=["plan", "badge"], levels=["DigComp 3"]).material
    released(of=both, language="ar")
    assert codes(client, "type=guide") == ["A1", "C3"]
    assert codes(client, "audience=migrants") == ["B2"]
    assert codes(client, "language=ar") == ["C3"]
    assert codes(client, "part=plan") == ["A1", "C3"]
    assert codes(client, "level=CEFR+A2") == ["A1"]
    assert codes(client, "valid=valid") == ["A1"]
    assert codes(client, "valid=over") == ["B2"]
    assert codes(client, "valid=open") == ["C3"]
    assert codes(client, "part=plan&language=ar&type=guide") == ["C3"]
    facets = {f.facet.name: f.facet.choices for f in client.get(LIST).context["facets"]}
    counts = {name: {c.value: c.count for c in choices} for name, choices in facets.items()}
    assert counts == {
        "type": {"guide": 2, "workbook": 1},
        "audience": {"mentors": 2, "migrants": 1},
        "language": {"en": 2, "el": 1, "ar": 1},
        "part": {"plan": 2, "badge": 1},
        "level": {"CEFR A2": 1, "DigComp 3": 1},
        "valid": {"valid": 1, "over": 1, "open": 1},
        "reviewed": {"no": 3},
    }


@pytest.mark.parametrize(
    "query",
    [
        "type=x",
        "audience=x",
        "language=xx",
        "level=x",
        "level=%27",
        "part=x",
        "reviewed=x",
        "valid=x",
        "q=%00",
    ],
)
def test_a_filter_that_is_none_is_a_bad_request(client, query):
    assert client.get(f"{LIST}?{query}").status_code == 400


def test_nothing_found_says_what_to_do(client):
    released("A1")
    page = client.get(f"{LIST}?q=zebra").content.decode()
    assert "Nothing here fits" in page
    assert "Show all materials" in page


def test_a_hit_is_marked_in_the_text_as_it_was_written(client):
    version = released("A1", language="el", summary="")
    Page.objects.create(
        version=version, number=1, text="<b>Οι δεξιότητες</b> του μέντορα", width=1, height=1
    )
    from materials.domain import search

    search.refresh(version_id=version.pk)
    page = client.get(LIST, {"q": "δεξιοτητες"}).content.decode()
    assert "<mark>δεξιότητες</mark>" in page
    assert "&lt;b&gt;" in page or "<b>" not in page


def test_the_best_hit_comes_first_and_facets_count_hits(client):
    released("A1", title="Guide", summary="For the language passport.")
    released("B2", title="Language passport", type="workbook")
    released("C3", title="Cards")
    response = client.get(f"{LIST}?q=language+passport")
    assert [entry.code for entry in response.context["entries"]] == ["B2", "A1"]
    kinds = next(f.facet for f in response.context["facets"] if f.facet.name == "type")
    assert {c.value: c.count for c in kinds.choices} == {"guide": 1, "workbook": 1}


def test_a_question_that_finds_too_many_says_so(client, monkeypatch):
    for number in range(3):
        released(f"A{number}", title="Passport")
    monkeypatch.setattr(catalogue, "MOST_FOUND", 3)
    assert "3 materials." in client.get(f"{LIST}?q=passport").content.decode()
    cache.clear()
    monkeypatch.setattr(catalogue, "MOST_FOUND", 2)
    page = client.get(f"{LIST}?q=passport").content.decode()
    assert "More than 2 materials; here are the 2 that fit best." in page
    assert page.count("cat-card") == 2


def test_a_question_is_narrowed_like_the_list(client):
    released("A1", title="Passport", type="guide", language="el", parts=["plan"])
    released("B2", title="Passport", audience="migrants", levels=["CEFR A2"])
    over = timezone.localdate() - timedelta(days=1)
    released("C3", title="Passport", valid_until=over)
    narrowed = ["language=el", "type=guide", "audience=migrants", "part=plan", "level=CEFR+A2"]
    for query in [*narrowed, "valid=over", "valid=open", "reviewed=no", "reviewed=yes"]:
        assert codes(client, f"q=passport&{query}") == codes(client, query)


def test_a_release_is_counted_at_once(client):
    released("A1", released_at=make.NOW)
    assert "1 material." in client.get(LIST).content.decode()
    released("B2", released_at=make.NOW + timedelta(minutes=1))
    assert "2 materials." in client.get(LIST).content.decode()


def test_an_entry_shows_current_editions_and_keeps_earlier_ones(client):
    first = released("A1", translator="")
    of = first.material
    newer = released(of=of)
    arabic = released(of=of, language="ar", source=newer, translator="Amal Haddad", licence="CC0")
    page = client.get("/catalogue/A1/").context["page"]
    assert [one.version.pk for one in page.editions] == [newer.pk, arabic.pk]
    assert [one.version.pk for one in page.earlier] == [first.pk]
    html = client.get("/catalogue/a1/").content.decode()
    assert "Amal Haddad" in html
    assert arabic.sha256 in html
    assert "Earlier editions" in html
    assert "Not validated yet" in html


BEHIND = "The original has moved on since this translation"


def test_a_translation_whose_original_moved_on_says_so_and_leads_to_it(client):
    first = released("A1")
    of = first.material
    released(of=of, language="ar", source=first)
    released(of=of, language="el", source=first)
    assert BEHIND not in client.get("/catalogue/A1/").content.decode()
    newer = released(of=of)
    released(of=of, language="el", source=newer)
    page = client.get("/catalogue/A1/")
    said = {one.version.language: one.newer_original for one in page.context["page"].editions}
    assert said == {"en": 0, "ar": newer.number, "el": 0}
    assert BEHIND in page.content.decode()
    assert f'href="#v{newer.number}"' in page.content.decode()
    card = client.get(LIST).content.decode()
    assert "Arabic: the original has moved on since this translation." in card
    assert f'href="/catalogue/A1/#v{newer.number}"' in card
    assert "تغيّر الأصل" in client.get("/catalogue/A1/?lang=ar").content.decode()


def test_what_is_not_released_or_changes_nothing_leaves_a_translation_up_to_date(client):
    first = released("A1")
    of = first.material
    released(of=of, language="ar", source=first)
    make.version(of)
    mended = released(of=of)
    decided = {"is_material": False, "decided_at": make.NOW}
    Erratum.objects.create(version=mended, corrects=first, **decided)
    for url in (LIST, "/catalogue/A1/"):
        assert "moved on since" not in client.get(url).content.decode()


def test_machines_read_schema_org_and_dublin_core(client):
    evil = "</script><script>alert(1)</script>"
    version = released("A1", title=evil, levels=["CEFR A2"])
    html = client.get("/catalogue/A1/").content.decode()
    assert evil not in html
    text = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', html)
    said = json.loads(text.group(1))
    assert said["@type"] == "LearningResource"
    assert said["name"] == evil
    assert said["educationalLevel"] == ["CEFR A2"]
    assert said["workExample"][0]["encoding"]["sha256"] == version.sha256
    assert '<meta name="DC.language" content="en">' in html
    assert '<meta name="DC.date" content="2026-11-24">' in html


def test_the_feed_names_released_editions_newest_first(client):
    released("A1", released_at=datetime(2026, 1, 1, tzinfo=UTC), title="<b>Old</b>")
    released("B2", title="New")
    make.version(make.material(title="Secret"))
    response = client.get("/catalogue/feed.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    titles = [e.findtext("{*}title") for e in root.findall("{*}entry")]
    assert titles == ["B2 New: English, version 1", "A1 <b>Old</b>: English, version 1"]


def fetched() -> int:
    return sum(Download.objects.values_list("count", flat=True))


def test_a_download_counts_once_however_it_is_fetched(client):
    version = released("A1")
    url = f"/catalogue/A1/v{version.number}/file"
    whole = client.get(url)
    assert b"".join(whole.streaming_content).startswith(b"%PDF")
    assert fetched() == 1
    client.head(url)
    client.get(url, headers={"range": "bytes=5-8"})
    client.get(url, headers={"if-none-match": f'"{version.sha256}"'})
    client.get(url, headers={"range": "bytes=99999999-"})
    assert fetched() == 1
    client.get(url, headers={"range": "bytes=0-3"})
    assert fetched() == 2
    assert Download.objects.get().day == timezone.now().date()


def test_the_tap_after_use_is_counted_without_a_name_or_cookie():
    version = released("A1")
    strict = Client(enforce_csrf_checks=True)
    url = f"/catalogue/A1/v{version.number}/used"
    for _time in range(2):
        response = strict.post(f"{url}?lang=ar", {"how": "helped"})
        shape = r"/catalogue/A1/\?used=1&receipt=[\w:.-]+&lang=ar#v1"
        assert re.fullmatch(shape, response["Location"])
        assert not response.cookies
    row = LearnerUse.objects.get()
    assert (row.count, row.how, row.country) == (2, UsedHow.HELPED, None)
    assert (
        "Your answer was counted"
        in strict.get(f"/catalogue/A1/?used={version.number}").content.decode()
    )
    assert strict.post(url, {"how": "x"}).status_code == 400
    assert strict.get(url).status_code == 405


def test_a_machine_that_taps_all_day_is_slowed_down(client, monkeypatch):
    version = released("A1")
    monkeypatch.setattr(usage, "TAPS", 2)
    url = f"/catalogue/A1/v{version.number}/used"
    statuses = [client.post(url, {"how": "not"}).status_code for _time in range(3)]
    assert statuses == [302, 302, 429]
    assert LearnerUse.objects.get().count == 2


def receipt_of(client, version) -> str:
    tapped = client.post(f"/catalogue/A1/v{version.number}/used", {"how": "helped"})
    page = client.get(tapped["Location"]).content.decode()
    return re.search(r'name="receipt" value="([^"]+)"', page).group(1)


def where(client, version, receipt, code="EL"):
    url = f"/catalogue/A1/v{version.number}/where"
    return client.post(url, {"receipt": receipt, "country": code})


def told() -> dict[str, int]:
    uses = LearnerUse.objects.filter(count__gt=0)
    return {use.country.code if use.country else "": use.count for use in uses}


def test_the_country_of_a_use_is_told_by_whoever_tapped_or_not_at_all(client):
    version = released("A1")
    make.country("EL")
    receipt_of(client, version)
    receipt = receipt_of(client, version)
    assert told() == {"": 2}
    answer = where(Client(enforce_csrf_checks=True), version, receipt)
    assert answer["Location"] == "/catalogue/A1/?used=1&told=1#v1"
    assert not answer.cookies
    assert told() == {"": 1, "EL": 1}
    page = client.get(answer["Location"]).content.decode()
    assert "The country is counted too." in page
    assert 'name="receipt"' not in page


def test_an_answer_has_one_country_however_often_it_is_sent(client):
    version, other = released("A1"), released("B2")
    make.country("EL")
    receipt_of(client, version)
    receipt = receipt_of(client, version)
    assert where(client, version, receipt).status_code == 302
    again = where(client, version, receipt, "BG")
    assert again.status_code == 409
    assert "could not be added any more" in again.content.decode()
    for made_up in ("x", receipt[:-1], receipt + "x"):
        assert where(client, version, made_up).status_code == 409
    url = f"/catalogue/B2/v{other.number}/where"
    foreign = {"receipt": receipt_of(client, version), "country": "EL"}
    assert client.post(url, foreign).status_code == 409
    assert told() == {"": 2, "EL": 1}


@pytest.mark.parametrize("code", ["", "XX", "EL'--"])
def test_a_country_that_is_none_is_asked_for_again(client, code):
    version = released("A1")
    make.country("EL")
    receipt = receipt_of(client, version)
    page = where(client, version, receipt, code).content.decode()
    assert "Choose a country of the list." in page
    assert f'value="{receipt}"' in page
    assert told() == {"": 1}


def test_those_who_keep_a_material_see_where_it_was_used_and_others_do_not(client, as_user):
    version = released("A1")
    make.country("EL")
    where(client, version, receipt_of(client, version))
    receipt_of(client, version)
    url = version.material.get_absolute_url()
    seen = as_user(make.user(Role.COORDINATOR, "BG")).get(url)
    lines = [(line.country and line.country.code, line.total) for line in seen.context["uses"]]
    assert lines == [("EL", 1), (None, 1)]
    assert "Not told" in seen.content.decode()
    for role, code in ((Role.EXPERT, "BG"), (Role.COORDINATOR, "IT")):
        page = as_user(make.user(role, code)).get(url).content.decode()
        assert "Used with learners" not in page


def test_behind_a_proxy_each_client_has_its_own_limit_and_writing_the_header_gives_no_more(
    client, monkeypatch, settings
):
    released("A1")
    monkeypatch.setattr(usage, "TAPS", 1)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def tap(told: str) -> int:
        headers = {"x-forwarded-for": told}
        return client.post("/catalogue/A1/v1/used", {"how": "not"}, headers=headers).status_code

    assert [tap("198.51.100.7"), tap("198.51.100.8")] == [302, 302]
    assert [tap("192.0.2.1, 198.51.100.7"), tap("192.0.2.2, 198.51.100.7")] == [429, 429]


def test_a_card_to_print_carries_a_code_for_phones(client):
    released("A1")
    page = client.get("/catalogue/A1/card/").content.decode()
    assert "<svg" in page
    assert "/catalogue/A1/</a>" in page


def close_round(version, submitted: int) -> None:
    found = reviews.review_round("BG", by=make.user(Role.COORDINATOR), version=version)
    for _time in range(submitted):
        row = reviews.assigned(found, make.person())
        Assignment.objects.filter(pk=row.pk).update(submitted_on=date(2026, 10, 1))
    found.closed_at = datetime(2026, 10, 2, 9, tzinfo=UTC)
    found.save()


def test_a_closed_round_tells_its_day_and_a_small_one_nothing(client):
    full, small = released("A1"), released("B2")
    close_round(full, 3)
    close_round(small, 2)
    assert verdicts.reviewed_days([full.pk, small.pk]) == {full.pk: date(2026, 10, 2)}
    assert codes(client, "reviewed=yes") == ["A1"]
    assert codes(client, "reviewed=no") == ["B2"]
    html = client.get("/catalogue/A1/").content.decode()
    assert "round closed on 2 Oct 2026" in html
    assert "Not validated yet" in client.get("/catalogue/B2/").content.decode()


def test_a_review_is_of_the_last_twelve_months_or_of_before(client, monkeypatch):
    full, small = released("A1"), released("B2")
    close_round(full, 3)
    close_round(small, 2)
    cases = {date(2027, 10, 2): ["A1"], date(2027, 10, 3): []}
    for today, lately in cases.items():
        monkeypatch.setattr(timezone, "localdate", lambda today=today: today)
        assert codes(client, "reviewed=year") == lately
        assert codes(client, "reviewed=earlier") == [] if lately else ["A1"]
        facets = {f.facet.name: f.facet.choices for f in client.get(LIST).context["facets"]}
        assert [(row.value, row.count) for row in facets["reviewed"]] == [
            ("year" if lately else "earlier", 1),
            ("no", 1),
        ]
    assert "راجعها خبراء قبل ذلك" in client.get(f"{LIST}?lang=ar").content.decode()


def test_pages_speak_arabic_from_right_to_left(client):
    released("A1")
    for url in (LIST, "/catalogue/A1/", "/catalogue/A1/card/"):
        html = client.get(f"{url}?lang=ar").content.decode()
        assert '<html lang="ar" dir="rtl">' in html
    assert "/catalogue/A1/?lang=ar" in client.get(f"{LIST}?lang=ar").content.decode()


@pytest.mark.parametrize("query", ["", "q=guide", "part=plan&q=mentor"])
def test_as_many_queries_for_one_material_as_for_three(
    client, query, django_assert_max_num_queries
):
    counts = []
    for rows in (1, 3):
        while Material.objects.count() < rows:
            of = make.material(parts=["plan"], summary="guide")
            make.version(of, released_at=make.NOW)
            make.version(of, language="ar", released_at=make.NOW)
        for url in (f"{LIST}?{query}", f"/catalogue/{Material.objects.first().code}/"):
            cache.clear()
            reference.countries()
            with django_assert_max_num_queries(12) as taken:
                assert client.get(url).status_code == 200
            counts.append(len(taken))
    assert counts[:2] == counts[2:]


def test_members_find_the_catalogue_in_their_navigation(as_user):
    page = as_user(make.user()).get("/materials/").content.decode()
    assert f'href="{reverse("catalogue")}"' in page
