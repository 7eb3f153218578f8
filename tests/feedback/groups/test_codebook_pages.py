"""The pages of the codebook: its list, the words of a code, merges, the table."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts import reference
from experts.enums import Role
from experts.models import Membership
from feedback.focus_groups.models import Code, MergeProposal
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
BOOK = "/coding/"


def page(client, url: str = BOOK, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def coded_by_two(*codes: Code, quotes: int = 4):
    """Quotes that two coders went through: the first half got every code, the rest none."""
    first, second, one = world.host(), world.host(), world.participant(world.group())
    for number in range(quotes):
        quote = world.quote(one)
        for coder in (first, second):
            world.coded(quote, coder, *(codes if number < quotes / 2 else ()))
    return first


def test_the_list_says_quotes_and_agreement_with_their_n(as_user):
    cost = world.code(name="Cost")
    coder = coded_by_two(cost)

    shown = page(as_user(coder))

    assert "1 code, 4 coded quotes, 2 coders." in shown
    assert "α 1.000 · 100 % the same · n 4" in shown
    assert "can be relied on" in shown
    assert '<strong class="number">2</strong> quotes' in " ".join(shown.split())


def test_the_list_says_why_there_is_no_agreement(as_user):
    world.code(name="Cost")

    assert "no quote was coded by two people yet" in page(as_user(world.host()))


def test_the_curve_is_a_picture_with_its_table(as_user):
    coder = coded_by_two(world.code(name="Cost"))

    shown = page(as_user(coder))

    assert shown.count('class="picture-mark"') == 1
    assert "One group is coded" in shown


def test_a_new_code_comes_into_the_codebook(as_user):
    client = as_user(world.host())

    response = client.post("/coding/new/?country=BG", {"name": "Cost", "meaning": "Fees."})

    assert response.url == "/coding/?country=BG"
    assert Code.objects.get().country.code == "BG"


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "required"), ("Cost", "already"), ("😀" * 10_000, "Please shorten this to 60")],
)
def test_what_cannot_be_saved_is_said_beside_the_field_and_stays(as_user, name, said):
    world.code(name="Cost")

    response = as_user(world.host()).post("/coding/new/", {"name": name, "meaning": "My words."})

    assert response.status_code == 200
    assert said in response.content.decode()
    assert "My words." in response.content.decode()
    assert Code.objects.count() == 1


def test_two_people_who_edit_a_code_lose_nothing(as_user):
    code = world.code(name="Cost")
    client, url = as_user(world.host()), reverse("code_edit", args=[code.pk])
    client.post(url, {"name": "Cost", "meaning": "Fees.", "revision": 1})

    response = client.post(url, {"name": "Cost", "meaning": "Fares.", "revision": 1})
    shown = response.content.decode()

    assert response.status_code == 409
    assert "Fees." in shown
    assert "Fares." in shown
    client.post(url, {"name": "Cost", "meaning": "Fares.", "revision": 2})
    code.refresh_from_db()
    assert code.meaning == "Fares."


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 50])
def test_a_form_without_its_state_writes_nothing_over(as_user, revision):
    code = world.code(name="Cost")
    url = reverse("code_edit", args=[code.pk])

    response = as_user(world.host()).post(url, {"name": "Price", "revision": revision})

    assert response.status_code == 409
    code.refresh_from_db()
    assert code.name == "Cost"


def test_a_merge_is_proposed_by_one_and_decided_by_another(as_user):
    price, cost, coder, other = world.code(name="Price"), world.code(name="Cost"), *hosts(2)
    as_user(coder).post(
        reverse("code_edit", args=[price.pk]), {"deed": "merge", "into": cost.pk, "why": "Same."}
    )
    decide = reverse("merge_decide", args=[MergeProposal.objects.get().pk])

    own = page(as_user(coder))
    theirs = page(as_user(other))
    as_user(other).post(decide, {"agrees": "yes"})

    assert "Take it back" in own
    assert "Merge them" not in own
    assert "Merge them" in theirs
    assert list(Code.objects.in_use()) == [cost]


def test_who_proposed_a_merge_is_told_that_another_decides(as_user):
    coder = world.host()
    proposal = world.merge_proposal()
    MergeProposal.objects.update(proposed_by=coder.person)

    response = as_user(coder).post(
        reverse("merge_decide", args=[proposal.pk]), {"agrees": "yes"}, follow=True
    )

    assert "Another coder decides on your proposal." in response.content.decode()
    assert Code.objects.in_use().count() == 2


def test_a_merge_that_cannot_be_proposed_is_said_and_stays(as_user):
    proposal = world.merge_proposal()

    response = as_user(world.host()).post(
        reverse("code_edit", args=[proposal.code_id]),
        {"deed": "merge", "into": proposal.into_id, "why": "My reason."},
    )

    assert "proposed already" in response.content.decode()
    assert "My reason." in response.content.decode()


def hosts(number: int) -> list:
    return [world.host() for _ in range(number)]


def test_the_table_stays_text_in_a_spreadsheet(as_user):
    code = world.code(name="=1+1")
    coder = coded_by_two(code)

    response = as_user(coder).get("/coding/codebook.csv?country=BG")
    lines = b"".join(response).decode().splitlines()

    assert lines[0].startswith("\ufeffCode,When to use it")
    assert lines[1].startswith("'=1+1,,,2,4,1.0,100,")
    assert 'filename="codebook-bg.csv"' in response["Content-Disposition"]


def test_a_country_is_chosen_among_ones_own(as_user):
    coder = world.host()
    Membership.objects.create(
        person=coder.person,
        cop=make.cop(make.country("IT")),
        role=Role.FACILITATOR,
        stage="member",
        joined_on=world.DAY,
    )
    world.code("IT", "Tempo")
    client = as_user(coder)
    make.country("ES")

    assert "Tempo" in page(client, "/coding/?country=IT")
    assert "Tempo" not in page(client)
    page(client, "/coding/?country=ES", status=404)
    page(client, "/coding/?country=%F0%9F%98%80", status=404)


def test_the_list_asks_as_much_for_three_codes_as_for_one(
    as_user, django_assert_max_num_queries, django_assert_num_queries
):
    coder = coded_by_two(world.code())
    client = as_user(coder)
    reference.countries()
    with django_assert_max_num_queries(20) as counted:
        client.get(BOOK)
    for _ in range(2):
        code = world.code()
        world.theme(code)
        world.merge_proposal()
        quote = world.quote(world.participant(world.group()))
        world.coded(quote, coder, code)

    with django_assert_num_queries(len(counted)):
        client.get(BOOK)
