"""A guest's page of a series."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.models import Message
from sessions.domain import series_invitations
from sessions.enums import Answer
from sessions.models import CopSession, Invitation, SeriesInvitation
from tests import factories as make
from tests.sessions.series_pages.world import invited, upcoming

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest_page(client, coordinator):
    series = upcoming(coordinator)
    invited(series, make.person())
    token = series_invitations.link_token(SeriesInvitation.objects.get())
    return reverse("series_answer", args=[token])


def answers() -> list[str]:
    found = Invitation.objects.order_by("session__starts_at")
    return list(found.values_list("answer", flat=True))


def test_case_45_looking_changes_nothing_and_posting_twice_answers_once(client, guest_page):
    before = (answers(), Message.objects.count())
    for _n in range(2):
        assert client.get(guest_page).status_code == 200
        assert client.head(guest_page).status_code == 200
    assert (answers(), Message.objects.count()) == before
    for _n in range(2):
        client.post(guest_page, {"everything": "yes"})
    assert answers() == ["yes"] * 4


def test_a_guest_answers_each_date(client, guest_page):
    keys = list(Invitation.objects.order_by("session__starts_at").values_list("pk", flat=True))
    page = client.post(guest_page, {f"date-{keys[0]}": "yes", f"date-{keys[2]}": "no"})
    assert answers() == ["yes", "", "no", ""]
    assert "Your answers were saved." in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize(
    "junk", [{}, {"everything": "perhaps"}, {"date-999999": "yes"}, {"everything": "x" * 10**6}]
)
def test_nonsense_from_a_guest_changes_nothing(client, guest_page, junk):
    page = client.post(guest_page, junk)
    assert page.status_code == 200
    assert "alert" in page.content.decode()
    assert set(answers()) == {Answer.NONE}


def test_a_guests_page_speaks_arabic_from_right_to_left(client, guest_page):
    text = client.get(f"{guest_page}?lang=ar").content.decode()
    assert 'dir="rtl"' in text
    assert "Or answer for each date" not in text


@pytest.mark.parametrize("token", ["1.x", "x", "9" * 40 + ".y", "0.0"])
def test_a_wrong_link_opens_nothing(client, token):
    assert client.get(reverse("series_answer", args=[token])).status_code == 404


def test_a_revoked_link_opens_nothing(client, guest_page):
    SeriesInvitation.objects.update(generation=2)
    assert client.get(guest_page).status_code == 404


def test_a_cancelled_date_is_shown_and_not_asked(client, guest_page):
    session = CopSession.objects.order_by("starts_at").first()
    session.cancelled_at, session.cancel_reason = timezone.now(), "Flood"
    session.save()
    page = client.get(guest_page)
    assert "Flood" in page.content.decode()
    assert page.context["coming"] == 3
    client.post(guest_page, {"everything": "yes"})
    assert answers() == ["", "yes", "yes", "yes"]
