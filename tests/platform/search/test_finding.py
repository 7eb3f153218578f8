"""What is found: in every language, without accents, by beginnings, with slips of the finger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.finding import sources
from experts.enums import Role
from experts.models import Charter, Topic
from materials.domain import wording
from sessions.models import Method
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(user, text: str) -> dict[str, list[str]]:
    """The titles of everything that was found, by kind."""
    needle = wording.read(text)
    groups = sources.look(user, needle) if needle else []
    return {
        group.kind: ["".join(piece.text for piece in hit.title) for hit in group.hits]
        for group in groups
    }


def test_a_word_is_found_in_every_kind_a_member_sees():
    user = make.user()
    make.person(name="Ada Quilt")
    session = make.cop_session(title="Quilt evening")
    work = make.version(make.material(title="Quilt guide", code="M91")).material
    make.term("quilt", bg="юрган")
    Method.objects.create(number=90, name="Quilt round", steps=[["Sew", 5]])
    charter = Charter.objects.create(
        cop=session.host_cops.get(), domain="Work", purpose="Papers", adopted_on="2026-01-01"
    )
    Topic.objects.create(charter=charter, name="Quilts")
    assert found(user, "quilt") == {
        "people": ["Ada Quilt"],
        "charters": ["Work"],
        "materials": [f"M91 {work.title}"],
        "terms": ["quilt · юрган"],
        "sessions": ["Quilt evening"],
        "methods": ["Quilt round"],
    }


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Дневник на уменията", "уменията"),
        ("Οι δεξιότητες ΜΑΣ", "δεξιοτητες μας"),
        ("Fähigkeiten auf der Straße", "fahigkeiten strasse"),
        ("La formación", "FORMACION"),
        ("(Portfolio) evening", "portfolio"),
        ("Portfolio evening", "even port"),
        ("تُكتَبُ المَهَارَات", "المهارات"),
        ("100% ready? a_b 'x' \\m(", "ready"),
    ],
)
def test_accents_case_and_unfinished_words_hide_nothing(title, asked):
    make.cop_session(title=title)
    assert found(make.user(), asked) == {"sessions": [title]}


def test_all_words_must_occur():
    make.cop_session(title="Portfolio evening")
    assert found(make.user(), "portfolio morning") == {}


def test_domain_13_a_word_finds_what_is_said_in_another_language():
    make.term("portfolio", bg="портфолио", el="χαρτοφυλάκιο")
    make.cop_session(title="Вечер на портфолиото")
    make.version(make.material(title="Το χαρτοφυλάκιό μου", code="M92"))
    got = found(make.user(), "Portfolios")
    assert got["sessions"] == ["Вечер на портфолиото"]
    assert got["materials"] == ["M92 Το χαρτοφυλάκιό μου"]


def test_a_term_of_several_words_is_found_by_its_translation():
    make.term("prior learning", bg="предишно учене")
    make.cop_session(title="Какво е предишното учене")
    make.cop_session(title="Учене")
    assert found(make.user(), "steps of prior learning") == {}
    assert found(make.user(), "prior learning")["sessions"] == ["Какво е предишното учене"]


def test_a_slip_of_the_finger_finds_what_is_spelt_nearly_so(as_user):
    make.cop_session(title="Portfolio evening")
    page = as_user(make.user()).get(reverse("search"), {"q": "protfolio"}).content.decode()
    assert "spelt nearly so" in page
    assert "Portfolio evening" in page


def test_words_of_one_or_two_letters_ask_for_more(as_user):
    page = as_user(make.user()).get(reverse("search"), {"q": "ab c"}).content.decode()
    assert "three letters" in page


def test_the_hit_is_marked_and_what_people_typed_stays_text(as_user):
    make.cop_session(title="<b>Portfolio</b> evening", purpose="Bring <i>your portfolio</i>.")
    page = as_user(make.user()).get(reverse("search"), {"q": "portfolio"}).content.decode()
    assert "&lt;b&gt;<mark>Portfolio</mark>&lt;/b&gt; evening" in page
    assert "Bring &lt;i&gt;your <mark>portfolio</mark>&lt;/i&gt;." in page
    assert "<i>your" not in page


def test_results_are_counted_by_kind_and_each_kind_has_its_page(as_user):
    for n in range(6):
        make.cop_session(title=f"Portfolio {n}")
    client = as_user(make.user())
    page = client.get(reverse("search"), {"q": "portfolio"}).content.decode()
    assert page.count('class="found-title"') == 4
    assert '<span class="quiet">6</span>' in page
    assert "6 things found" in page
    alone = client.get(reverse("search"), {"q": "portfolio", "kind": "sessions"}).content.decode()
    assert alone.count('class="found-title"') == 6


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%E2%80%AE%0B", "?q=" + "a" * 5000, "?q=%27%22%5C&kind=x"]
)
def test_whatever_is_typed_is_answered(as_user, query):
    assert as_user(make.user()).get(reverse("search") + query).status_code == 200


def test_nothing_found_says_what_to_do(as_user):
    page = as_user(make.user()).get(reverse("search"), {"q": "zzzzzz"}).content.decode()
    assert "Nothing found" in page
    assert reverse("repertoire") in page


def test_more_results_cost_no_more_queries(as_user):
    client = as_user(make.user())
    counts = []
    for n in (1, 2):
        for _more in range(n):
            make.cop_session(title="Portfolio evening")
            make.material(title="Portfolio guide")
            make.term(f"portfolio {n}{_more}")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("search"), {"q": "portfolio"})
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_rights_are_looked_up_where_a_row_fits_and_only_there(monkeypatch):
    (kind,) = (source for source in sources.known() if source.kind == "sessions")
    asked_for = []

    def find(user, needle):
        asked_for.append(needle.text)
        return kind.find(user, needle)

    monkeypatch.setitem(sources._sources, "sessions", replace(kind, find=find))
    make.cop_session("BG", title="Portfolio evening")
    user = make.user(Role.PROJECT_MANAGER)
    assert found(user, "portfolio") == {"sessions": ["Portfolio evening"]}
    assert found(user, "zwieback") == {}
    assert asked_for == ["portfolio"]


def test_the_box_stands_on_every_page_of_a_member(as_user):
    page = as_user(make.user(Role.EXPERT)).get(reverse("today")).content.decode()
    assert 'id="search-everything"' in page
