"""What the pages of polls cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts.enums import Role
from sessions.domain import polls
from tests import factories as make
from tests.sessions.polls.world import NOW, vote


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.django_db
def test_the_list_and_the_page_ask_as_often_for_many_as_for_one(as_user):
    by = make.user(Role.COORDINATOR)
    poll = make.poll(by=by, voters=[make.person()])
    client = as_user(by)
    urls = [reverse("poll_list"), reverse("poll_detail", args=[poll.pk])]
    before = [queries(client, url) for url in urls]
    for _more in range(2):
        people = [make.person() for _ in range(3)]
        polls.ask(poll_id=poll.pk, people=people, by=by, at=NOW)
        make.poll(by=by, voters=people)
        for person in people:
            vote(poll, person, "yes", "no", "if_needed")
    assert [queries(client, url) for url in urls] == before
    assert max(before) <= 12
