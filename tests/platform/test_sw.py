"""The worker that keeps desks without a network: its headers, and who is told to forget."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from cop_platform.common import device
from experts.domain import accounts
from experts.enums import Role
from feedback.reviews.domain import desk, rounds
from feedback.reviews.models import Rating
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
FORGET = '"cache", "storage"'


@pytest.fixture
def expert():
    return make.person(Role.EXPERT, "BG")


@pytest.fixture
def assignment(expert):
    return world.assigned(world.review_round("BG"), expert)


def test_the_worker_is_served_from_the_top_and_asked_for_anew(client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer.content == (settings.BASE_DIR / "static/js/desk_worker.js").read_bytes()
    # The worker itself may ask nobody but us.
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_the_worker_is_only_read(client):
    assert client.post("/sw.js").status_code == 405


def test_a_word_is_one_persons_and_says_nothing_about_the_person(expert):
    other = make.person(Role.EXPERT, "BG")
    word = device.word(expert.user)
    assert word == device.word(expert.user)
    assert word != device.word(other.user)
    assert ":" not in word
    assert len(word) >= 20


def test_an_open_desk_names_who_may_keep_it(as_user, assignment, expert):
    page = as_user(expert.user).get(reverse("review_desk", args=[assignment.pk]))
    assert page["Desk-Copy"] == device.word(expert.user)
    assert f'data-device="{device.word(expert.user)}"' in page.content.decode()
    assert 'data-worker="/sw.js"' in page.content.decode()


def test_a_closed_desk_is_not_to_be_kept(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    manager = make.user(Role.PROJECT_MANAGER)
    world.save(assignment, expert, world.whole(assignment))
    assert client.get(reverse("review_copies")).json() == {"desks": [assignment.pk]}
    rounds.close_round(round_id=assignment.round_id, by=manager, at=make.NOW)
    closed = client.get(url)
    assert "Desk-Copy" not in closed
    assert "data-worker" not in closed.content.decode()
    assert client.get(reverse("review_copies")).json() == {"desks": []}


def test_a_sent_desk_is_not_to_be_kept(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    world.save(assignment, expert, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert "Desk-Copy" not in client.get(url)
    assert client.get(reverse("review_copies")).json() == {"desks": []}


def test_other_peoples_desks_are_not_named(as_user, assignment):
    other = make.person(Role.EXPERT, "BG")
    assert as_user(other.user).get(reverse("review_copies")).json() == {"desks": []}


def test_logging_out_empties_the_browser(as_user, expert):
    client = as_user(expert.user)
    assert "Clear-Site-Data" not in client.get("/")
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == FORGET


def test_switching_an_account_off_empties_its_browser_once(as_user, expert):
    client = as_user(expert.user)
    assert client.get("/").status_code == 200
    manager = make.user(Role.PROJECT_MANAGER)
    accounts.set_active(person_id=expert.pk, by=manager, active=False, at=make.NOW)
    sent_away = client.get("/")
    assert sent_away.status_code == 302
    assert sent_away["Clear-Site-Data"] == FORGET
    assert "Clear-Site-Data" not in client.get("/")


def test_a_log_in_that_ran_out_keeps_unsent_words(as_user, expert):
    client = as_user(expert.user)
    client.session.flush()
    answer = client.get("/")
    assert answer.status_code == 302
    assert "Clear-Site-Data" not in answer


def test_a_newer_draft_from_elsewhere_comes_along_with_the_refusal(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_draft", args=[assignment.pk])
    key = assignment.round.rubric.criteria.first().pk
    client.post(url, {f"c{key}-comment": "Elsewhere", "revision": "0", "writer": "phone"})
    answer = client.post(url, {f"c{key}-comment": "Here", "revision": "0", "writer": "laptop"})
    assert answer.status_code == 409
    body = answer.json()
    assert (body["revision"], body["stored"]) == (1, {f"c{key}-comment": "Elsewhere"})
    assert "over" not in body


def test_saving_after_sending_changes_nothing_and_says_that_it_is_over(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_draft", args=[assignment.pk])
    world.save(assignment, expert, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    before = list(Rating.objects.order_by("pk").values_list("pk", "comment", "score"))
    key = assignment.round.rubric.criteria.first().pk
    answer = client.post(url, {f"c{key}-comment": "Too late", "revision": "1", "writer": "w"})
    assert answer.status_code == 409
    assert answer.json()["over"] is True
    assert list(Rating.objects.order_by("pk").values_list("pk", "comment", "score")) == before
