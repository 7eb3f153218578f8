"""What somebody threw away waits on a page of their own, with the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts.enums import Role
from practices.domain.ideas import own
from practices.domain.practices import discarding
from tests import factories as make
from tests.practices import world

pytestmark = pytest.mark.django_db

URL = reverse("thrown_away")


def draft(author, **more):
    version = world.draft(author=author, **more)
    return discarding.discard(version_id=version.pk, by=author.user, at=make.NOW)


def idea(author, **more):
    made = world.idea(author=author, **more)
    return own.withdraw(idea_id=made.pk, by=author.user, at=make.NOW - timedelta(days=1))


def test_drafts_and_ideas_wait_there_with_the_day_after_which_they_are_gone(as_user):
    author = world.member()
    version, withdrawn = draft(author, title="Photo walk"), idea(author, title="Voice CV")
    world.draft(author=author, title="Still written")

    rows = as_user(author.user).get(URL).context["rows"]

    assert [(row.title, row.url) for row in rows] == [
        ("Photo walk", version.get_absolute_url()),
        ("Voice CV", withdrawn.get_absolute_url()),
    ]
    assert rows[0].until == version.discarded_on + timedelta(days=30)


def test_the_button_takes_each_of_them_back(as_user):
    author = world.member()
    version, withdrawn = draft(author), idea(author)
    client = as_user(author.user)

    for row in client.get(URL).context["rows"]:
        client.post(row.take_back)

    version.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (version.discarded_on, withdrawn.withdrawn_on) == (None, None)
    page = client.get(URL)
    assert page.context["rows"] == []
    assert "Nothing was thrown away" in page.content.decode()


def test_nobody_else_finds_them_there(as_user):
    author = world.member()
    draft(author, title="Photo walk"), idea(author, title="Voice CV")

    for other in (make.user(Role.COORDINATOR), make.user(Role.PROJECT_MANAGER)):
        assert as_user(other).get(URL).context["rows"] == []


def test_both_lists_lead_there(as_user):
    client = as_user(world.member().user)

    for name in ("practice_list", "idea_list"):
        assert URL in client.get(reverse(name)).content.decode()


def test_three_ask_no_more_than_one(as_user):
    author = world.member()
    client = as_user(author.user)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        return len(queries)

    draft(author), idea(author)
    asked()
    one = asked()
    for _n in range(2):
        draft(author), idea(author)

    assert asked() == one
    assert one <= 12
