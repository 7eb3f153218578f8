"""The thread of a circle."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.enums import Role
from experts.models import CommunityOfPractice
from practices.domain.forming import circles
from practices.models import Comment
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, say, thread, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return account(world.member("BG"))


@pytest.fixture
def circle(maker):
    cop: CommunityOfPractice = make.cop(make.country("BG"))
    return circles.make(
        cop_id=cop.pk, name="Photo walks", purpose="Pictures first.", by=maker, at=make.NOW
    )


def test_a_member_of_another_country_writes_on_its_page_and_its_maker_hears_of_it(
    as_user, circle, maker
):
    client = as_user(make.user(Role.EXPERT, "IT"))
    assert f'action="{thread("circle", circle.pk)}"' in _page(client, circle)
    answer = client.post(thread("circle", circle.pk), typed("May we join from afar?"))
    assert answer.status_code == 302
    comment = Comment.objects.get()
    assert maker.person.contacts.get(kind="comment_news").object_id == comment.pk
    assert "May we join from afar?" in _page(client, circle)


def test_all_talk_names_the_circle_and_can_be_narrowed_to_circles(as_user, circle, maker):
    say("circle", circle.pk, "First meeting in May?", by=maker)
    page = as_user(maker).get(f"{reverse('talk_list')}?kind=circle").content.decode()
    assert "First meeting in May?" in page
    assert "Photo walks" in page


def test_a_circle_that_does_not_exist_has_no_thread(as_user, maker):
    assert as_user(maker).get(thread("circle", 999)).status_code == 404


def _page(client, circle) -> str:
    return client.get(circle.get_absolute_url()).content.decode()
