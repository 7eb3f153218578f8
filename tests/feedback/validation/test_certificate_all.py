"""The manager's list of everybody's certificates: leafed through, narrowed, counted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts.enums import Role
from experts.models import Person
from feedback.validation.models import Credential
from feedback.validation.views.participation import PER_PAGE
from tests import factories as make
from tests.feedback import world

URL = "/certificates/"


@pytest.fixture
def manager(as_user):
    return as_user(make.user(Role.PROJECT_MANAGER))


def holder(name, country="BG", **revoked) -> Credential:
    row = world.certificate(make.person(code=country, name=name))
    Credential.objects.filter(pk=row.pk).update(**revoked)
    return row


def names(page) -> list[str]:
    return sorted(said.name for _one, said in page.context["certificates"])


@pytest.fixture
def three():
    holder("Anna Petrova")
    holder("Anna Rossi", "IT", revoked_at=make.NOW, revoked_because="Counted twice.")
    holder("Bo Lind", "ES", revoked_at=make.NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Anna Petrova", "Anna Rossi", "Bo Lind"]),
        ({"q": "anna"}, ["Anna Petrova", "Anna Rossi"]),
        ({"q": "rossi ann"}, ["Anna Rossi"]),
        ({"country": "ES"}, ["Bo Lind"]),
        ({"state": "holds"}, ["Anna Petrova"]),
        ({"state": "ended"}, ["Anna Rossi", "Bo Lind"]),
        ({"q": "anna", "state": "ended", "country": "IT"}, ["Anna Rossi"]),
    ],
)
def test_the_list_is_narrowed_by_name_country_and_state(manager, three, asked, found):
    page = manager.get(URL, asked)
    assert names(page) == found
    said = "1 certificate or badge" if len(found) == 1 else f"{len(found)} certificates and badges"
    assert f"{said} in this view" in page.content.decode()


@pytest.mark.django_db
def test_a_name_that_changed_is_found_by_both(manager):
    row = holder("Maria Ivanova")
    Person.objects.filter(pk=row.person_id).update(name="Maria Dimitrova")
    for asked in ("ivanova", "dimitrova"):
        assert names(manager.get(URL, {"q": asked})) == ["Maria Ivanova"]


@pytest.mark.django_db
def test_withdrawn_and_taken_back_are_told_apart_and_only_what_holds_is_withdrawn(manager, three):
    page = manager.get(URL).content.decode()
    told = {word: page.count(f"</svg> {word}</span>") for word in ("Holds", "Withdrawn")}
    assert told | {"Taken back": page.count("</svg> Taken back</span>")} == {
        "Holds": 1,
        "Withdrawn": 1,
        "Taken back": 1,
    }
    assert page.count("/withdraw/") == 1
    assert 'aria-label="Withdraw: Anna Petrova"' in page


@pytest.mark.django_db
def test_the_total_is_told_and_the_rest_is_a_page_away_with_the_filter_kept(manager):
    for n in range(PER_PAGE + 1):
        holder(f"Member {n:02}")
    first = manager.get(URL, {"q": "member"})
    assert len(first.context["certificates"]) == PER_PAGE
    page = first.content.decode()
    assert f"{PER_PAGE + 1} certificates and badges in this view" in page
    assert "Page 1 of 2" in page
    assert "q=member&amp;page=2" in page
    assert len(names(manager.get(URL, {"q": "member", "page": "2"}))) == 1


@pytest.mark.django_db
def test_nothing_found_leads_back_and_nothing_signed_says_who_signs(manager, three):
    page = manager.get(URL, {"q": "nobody"}).content.decode()
    assert "No certificate fits this filter" in page
    Credential.objects.all().delete()
    assert "Nobody asked for a certificate yet" in manager.get(URL).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"state": "lost"}, {"country": "XX"}, {"q": "a\x00b"}])
def test_a_filter_that_is_none_is_refused(manager, asked):
    assert manager.get(URL, asked).status_code == 400


@pytest.mark.django_db
def test_rows_of_more_people_cost_no_more_queries(manager):
    # The countries of the filter are kept from the first visit on.
    manager.get(URL)
    counts = []
    for n, country in enumerate(["BG", "IT", "ES"]):
        holder(f"Member {n}", country)
        with CaptureQueriesContext(connection) as caught:
            assert manager.get(URL, {"q": "member"}).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[2] <= 12
