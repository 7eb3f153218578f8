"""Which entry of the navigation a page belongs to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/ideas/new/", "idea_list"),
        ("/briefs/", "idea_list"),
        ("/lessons/", "action_list"),
        ("/certificates/", "my_learning"),
        ("/my-learning/certificates/", "my_learning"),
        ("/communities/start/", "circle_list"),
        ("/topics/propose/", "charter_list"),
        ("/guides/", "group_list"),
    ],
)
def test_a_page_at_an_address_of_its_own_stands_under_its_entry(as_user, path, entry):
    items = as_user(make.user(Role.PROJECT_MANAGER)).get(path).context["nav"]

    assert [item.url for item in items if item.current] == [reverse(entry)]


def test_the_pages_of_a_community_stand_under_charters(as_user):
    make.country()
    page = reverse("life_stage", args=[make.cop(make.country()).pk])

    items = as_user(make.user(Role.COORDINATOR)).get(page).context["nav"]

    [here] = [item for item in items if item.current]
    assert here.url == reverse("charter_list")
    assert here.is_open
