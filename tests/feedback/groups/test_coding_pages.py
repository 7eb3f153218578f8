"""The coding page: one quote after the other, alone first, then beside what others found."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts import reference
from experts.enums import Role
from feedback.focus_groups.models import CoderPass, Coding
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    made = world.group()
    one = world.participant(made)
    for words in ("The form was too long.", "My mentor helped me."):
        world.quote(one, words)
    return made


def address(group, quote=None) -> str:
    return reverse("group_coding", args=[group.pk]) + (f"?quote={quote.pk}" if quote else "")


def shown(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_quote_not_coded_yet_comes_first(as_user, group):
    coder, (first, _second) = world.host(), group.quotes.all()
    world.coded(first, coder)

    page = shown(as_user(coder), address(group))

    assert "My mentor helped me." in page
    assert "You have been through 1 of 2 quotes." in page


def test_done_leads_to_the_next_quote(as_user, group):
    coder, (first, second), cost = world.host(), group.quotes.all(), world.code()

    response = as_user(coder).post(
        address(group),
        {"quote": first.pk, "codes": [cost.pk], f"stance_{cost.pk}": "against"},
    )

    assert response.url == address(group, second)
    assert list(Coding.objects.values_list("code", "stance")) == [(cost.pk, "against")]


def test_after_the_last_quote_the_differences_are_shown(as_user, group):
    coder, other, (first, second) = world.host(), world.host(), group.quotes.all()
    cost = world.code(name="Cost of papers")
    world.coded(first, other, cost)
    world.coded(second, other)
    world.coded(first, coder)
    client = as_user(coder)

    response = client.post(address(group), {"quote": second.pk})
    page = shown(client, response.url.partition("#")[0])

    assert "Where coders differ" in page
    assert other.person.name in page
    assert page.count("Cost of papers") == 4  # filter, label and stance of the tag; the difference


def test_clean_words_stand_there_and_never_the_raw_ones(as_user, group):
    one = group.participants.get()
    group.quotes.all().delete()
    world.quote(
        one,
        "Ms Petrova from Sofia",
        clean_words="Ms […] from […]",
        rendering="She said Petrova",
        clean_rendering="She said […]",
        rendering_language="en",
        language="ar",
    )

    page = shown(as_user(world.host()), address(group))

    assert "Petrova" not in page
    assert '<blockquote lang="ar" dir="rtl">Ms […] from […]</blockquote>' in page
    assert 'lang="en" dir="ltr">She said […]' in page


def test_a_quote_that_was_not_gone_through_waits(as_user, group):
    raw = world.quote(group.participants.get(), "Petrova again", checked=False)
    client = as_user(world.host())

    assert "1 more waits for somebody to go through it" in shown(client, address(group))
    assert client.get(address(group, raw)).status_code == 404
    assert client.post(address(group), {"quote": raw.pk}).status_code == 404
    assert not CoderPass.objects.exists()


@pytest.mark.parametrize("typed", ["x", "-1", "9" * 30, "١", "0"])
def test_a_quote_that_does_not_exist_is_missing(as_user, group, typed):
    assert as_user(world.host()).get(f"{address(group)}?quote={typed}").status_code == 404


def test_a_code_that_is_gone_is_said_and_nothing_is_lost(as_user, group):
    first, cost = group.quotes.first(), world.code(name="Cost")

    response = as_user(world.host()).post(
        address(group),
        {
            "quote": first.pk,
            "codes": [cost.pk, 999, "x", "9" * 40],
            f"stance_{cost.pk}": "for",
        },
    )
    page = response.content.decode()

    assert "not in the codebook" in page
    assert f'value="{cost.pk}" checked' in page
    assert not CoderPass.objects.exists()


def test_another_coders_codes_do_not_show_before_ones_own_pass(as_user, group):
    """Not in the words, not in the counters, not in a tag of the page's state."""
    coder, other, (first, second) = world.host(), world.host(), group.quotes.all()
    cost = world.code(name="Cost")
    theme = world.theme(cost)
    client = as_user(coder)
    world.coded(first, coder)
    for quote in (first, second):
        world.coded(quote, other)
    urls = [
        address(group, first),
        address(group, second),
        reverse("codebook"),
        f"{reverse('codebook')}?all=1",
        reverse("codebook_csv"),
        reverse("theme_list"),
        f"{reverse('theme_list')}?all=1",
        theme.get_absolute_url(),
        f"{theme.get_absolute_url()}?all=1",
    ]

    before = [seen(client, url) for url in urls]
    for done in CoderPass.objects.filter(coder=other.person):
        Coding.objects.create(coded=done, code=cost, stance="for")

    assert [seen(client, url) for url in urls] == before
    world.coded(second, coder)
    assert [seen(client, url) for url in urls] != before


def seen(client, url: str) -> tuple[str, dict[str, str]]:
    """Words and tags of a page, without what differs at every request."""
    response = client.get(url)
    content = b"".join(response) if response.streaming else response.content
    lines = [line for line in content.decode().splitlines() if "csrf" not in line.lower()]
    tags = {name: response.headers.get(name, "") for name in ("ETag", "Last-Modified")}
    return "\n".join(lines), tags


def test_who_does_not_code_a_group_can_look_at_once(as_user, group):
    coder, cost = world.host(), world.code(name="Cost")
    for quote in group.quotes.all():
        world.coded(quote, coder, cost)
    theme, client = world.theme(cost), as_user(make.user(Role.COORDINATOR, "BG"))

    closed = shown(client, theme.get_absolute_url())
    looked = shown(client, f"{theme.get_absolute_url()}?all=1")

    assert "1 group that you have not coded is left out" in closed
    assert "The form was too long." not in closed
    assert "Raised in 1 group by 1 person." in looked
    assert "The form was too long." in looked


def test_the_page_asks_as_much_for_many_quotes_and_coders(
    as_user, group, django_assert_max_num_queries, django_assert_num_queries
):
    coder = world.host()
    client = as_user(coder)
    reference.countries()
    first = group.quotes.first()
    group.quotes.exclude(pk=first.pk).delete()
    world.coded(first, coder, world.code())
    with django_assert_max_num_queries(25) as counted:
        client.get(address(group))

    one = group.participants.get()
    for _ in range(2):
        quote = world.quote(one)
        for somebody in (coder, world.host(), world.host()):
            world.coded(quote, somebody, world.code(), world.code())

    with django_assert_num_queries(len(counted)):
        client.get(address(group))


def test_the_groups_page_says_how_far_coders_are(group):
    from cop_platform.common import panels

    coder = world.host()
    world.coded(group.quotes.first(), coder)

    panel = next(
        one
        for one in panels.of("focus group", coder, group)
        if one.template == "feedback/_coding_panel.html"
    )

    assert [(one.is_own, one.done, one.total) for one in panel.context["coders"]] == [(True, 1, 2)]
    assert not [
        one
        for one in panels.of("focus group", make.user(Role.PROJECT_MANAGER), group)
        if one.template == "feedback/_coding_panel.html"
    ]
