"""The review desk: nothing typed is lost, nothing unfinished is sent, nothing is sent twice."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cop_platform.common.models import JobState
from cop_platform.common.refusals import Refused
from experts.models import AuditEvent
from feedback.reviews.domain import desk, phases, records, rounds
from feedback.reviews.models import Assignment, Draft, Rating
from materials.models import Rendition
from tests import factories as make
from tests.feedback import world
from tests.materials import drawings

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def expert():
    return make.person()


@pytest.fixture
def assignment(expert):
    return world.assigned(world.review_round(), expert)


def first_key(assignment: Assignment) -> str:
    return str(assignment.round.rubric.criteria.first().pk)


def test_a_draft_keeps_what_is_typed_however_unfinished(assignment, expert):
    key = first_key(assignment)
    world.save(assignment, expert, {key: {"score": "1"}})
    world.save(assignment, expert, {key: {"comment": "Half a sen"}})
    stored = Draft.objects.get(assignment=assignment)
    assert stored.answers == {key: {"score": "1", "comment": "Half a sen"}}
    assert stored.revision == 2


def test_two_windows_notice_each_other_and_one_window_does_not_notice_itself(assignment, expert):
    key = first_key(assignment)
    world.save(assignment, expert, {key: {"comment": "one"}}, revision=0, writer="a")
    # The answer got lost on the way: the same window sends again with the revision it knows.
    world.save(assignment, expert, {key: {"comment": "one more"}}, revision=0, writer="a")
    with pytest.raises(desk.ChangedElsewhere):
        world.save(assignment, expert, {key: {"comment": "two"}}, revision=0, writer="b")
    assert Draft.objects.get().answers[key]["comment"] == "one more"


def test_only_the_assigned_expert_writes(assignment):
    other = make.person()
    with pytest.raises(Refused):
        world.save(assignment, other, {})
    with pytest.raises(Refused):
        desk.submit(assignment_id=assignment.pk, by=other.user, at=make.NOW)
    with pytest.raises(Refused):
        world.save(assignment, assignment.round.opened_by, {})


def test_an_unfinished_review_is_not_sent_and_every_criterion_is_named(assignment, expert):
    answers = list(world.whole(assignment).items())
    typed = dict(answers[:7])
    typed[answers[0][0]] = {"score": "2", "comment": "  "}
    typed[answers[1][0]] = {"score": "na", "reason": ""}
    typed[answers[2][0]] = {"score": "na", "reason": "Not for print."}
    world.save(assignment, expert, typed)
    with pytest.raises(desk.Incomplete) as caught:
        desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert [(f.criterion.code, f.field) for f in caught.value.faults] == [
        ("C1", "comment"),
        ("C1", "suggestion"),
        ("C2", "reason"),
        ("C8", "score"),
        ("C9", "score"),
        ("C10", "score"),
    ]
    assert Draft.objects.get().answers == typed
    assert not Rating.objects.exists()


def test_a_whole_review_becomes_ten_ratings_and_the_draft_is_gone(assignment, expert):
    typed = world.whole(assignment, "1", "na", "3")
    keys = list(typed)
    typed[keys[1]] = {"score": "na", "reason": "No such law here.", "comment": ""}
    world.save(assignment, expert, typed)
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assignment.refresh_from_db()
    assert assignment.submitted_on == make.NOW.date()
    rows = list(Rating.objects.order_by("criterion__position"))
    assert [r.score for r in rows] == [1, None, 3, 4, 4, 4, 4, 4, 4, 4]
    assert (rows[0].comment, rows[1].na_reason) == ("Say it shorter.", "No such law here.")
    assert rows[0].wording == rows[0].criterion.text
    assert not Draft.objects.exists()


def test_sending_twice_is_sending_once(assignment, expert):
    world.save(assignment, expert, world.whole(assignment))
    for _time in range(2):
        desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert Rating.objects.count() == 10
    assert AuditEvent.objects.filter(deed="review submitted").count() == 1
    with pytest.raises(desk.AlreadySent):
        world.save(assignment, expert, {})
    assert not Draft.objects.exists()


def test_an_error_while_sending_keeps_the_draft(assignment, expert, monkeypatch):
    world.save(assignment, expert, world.whole(assignment))
    monkeypatch.setattr(records, "by_code", lambda *_a, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert Draft.objects.count() == 1
    assert not Rating.objects.exists()


def test_a_closed_round_takes_no_review_but_keeps_the_draft(assignment, expert):
    world.save(assignment, expert, world.whole(assignment))
    rounds.close_round(
        round_id=assignment.round_id, by=assignment.round.opened_by.user, at=make.NOW
    )
    with pytest.raises(phases.RoundClosed):
        desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert Draft.objects.count() == 1
    assert not Rating.objects.exists()


# --- The page ---------------------------------------------------------------------------------


def test_the_desk_works_without_a_script_and_the_sent_page_shows_what_was_said(
    as_user, assignment, expert
):
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    page = client.get(url).content.decode()
    assert "0 of 10 done" in page
    assert page.count("data-criterion ") == 10
    answer = client.post(url, world.posted(assignment, "1", submit="1"))
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = client.get(url).content.decode()
    assert "Say it shorter." in page
    assert "Thank you" in page
    assert client.get(reverse("review_list")).status_code == 200


def test_lessons_1_and_2_a_refused_review_is_kept_and_the_summary_links_to_each_field(
    as_user, assignment, expert
):
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    fields = world.posted(assignment)
    key = f"c{first_key(assignment)}"
    fields |= {f"{key}-score": "2", f"{key}-comment": "", "submit": "1"}
    page = client.post(url, fields).content.decode()
    assert "data-error-summary" in page
    assert f'href="#{key}-comment"' in page
    assert "a 1 or a 2 needs a comment" in page
    assert len(Draft.objects.get().answers) == 10
    assert "9 of 10 done" in page


def test_the_desk_shows_the_document_once_the_copy_without_names_is_made(
    as_user, assignment, expert
):
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    before = client.get(url).content.decode()
    assert "The copy that you read is being prepared." in before
    assert "data-pdf-url" not in before
    Rendition.objects.filter(version=assignment.round.version).update(
        state=JobState.READY, finished_at=make.NOW, stripped=drawings.stored(b"%PDF-1.7")
    )
    after = client.get(url).content.decode()
    assert f'data-pdf-url="/versions/{assignment.round.version_id}/file"' in after
    assert "being prepared" not in after


def test_autosave_answers_with_the_hour_of_the_writers_clock(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_draft", args=[assignment.pk])
    answer = client.post(url, world.posted(assignment, revision="0", writer="w"))
    body = answer.json()
    assert answer.status_code == 200
    assert (body["done"], body["revision"]) == (10, 1)
    assert len(body["saved"]) == 5
    stale = client.post(url, {"revision": "0", "writer": "other"})
    assert stale.status_code == 409
    assert "another window" in stale.json()["error"]


def test_autosave_keeps_nine_answers_when_the_tenth_cannot_be_stored(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_draft", args=[assignment.pk])
    key = f"c{first_key(assignment)}"
    fields = world.posted(assignment) | {f"{key}-comment": "x" * 10**6}
    answer = client.post(url, fields)
    assert answer.status_code == 400
    assert "shorten this to 50000 characters" in answer.json()["error"]
    assert len(Draft.objects.get().answers) == 10
    assert "comment" not in Draft.objects.get().answers[key[1:]]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"c1-comment=%00", FORM),
        (b'{"c1-comment": "\\ud800"}', "application/json"),
        (b'{"c1-comment": "\\u0000"}', "application/json"),
        (b"\xff\xfe\x00", "text/plain"),
        (b"[" * 100_000, "application/json"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_changes_nothing(
    as_user, assignment, expert, body, content_type
):
    world.save(assignment, expert, world.whole(assignment))
    before = Draft.objects.get().answers
    url = reverse("review_draft", args=[assignment.pk])
    answer = as_user(expert.user).post(url, body, content_type=content_type)
    assert answer.status_code == 400
    assert Draft.objects.get().answers == before


@pytest.mark.parametrize(
    "more",
    [
        {"revision": "abc"},
        {"revision": "9" * 40},
        {"writer": "\ud83d"},
        {"writer": "w" * 500},
    ],
)
def test_odd_hidden_fields_lose_nothing(as_user, assignment, expert, more):
    url = reverse("review_draft", args=[assignment.pk])
    fields = world.posted(assignment) | more
    answer = as_user(expert.user).post(url, urlencode(fields, errors="replace"), content_type=FORM)
    assert answer.status_code in {200, 400}
    assert len(Draft.objects.get().answers) == 10


def test_an_unknown_score_is_not_stored(as_user, assignment, expert):
    key = f"c{first_key(assignment)}"
    for name in ("review_draft", "review_desk"):
        url = reverse(name, args=[assignment.pk])
        answer = as_user(expert.user).post(url, {f"{key}-score": "9", "submit": "1"})
        assert answer.status_code in {200, 400}
    assert Draft.objects.get().answers == {}


def test_what_is_typed_is_shown_as_text(as_user, assignment, expert):
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    key = f"c{first_key(assignment)}"
    hostile = "</textarea><script>alert(1)</script>"
    client.post(url, {f"{key}-score": "1", f"{key}-comment": hostile, "save": "1"})
    page = client.get(url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("others", [0, 2])
def test_the_desk_and_the_list_ask_the_same_number_of_queries(
    as_user, assignment, expert, others, django_assert_max_num_queries
):
    for _n in range(others):
        world.assigned(world.review_round(), expert)
    client = as_user(expert.user)
    client.get(reverse("review_list"))
    with django_assert_max_num_queries(12) as list_queries:
        client.get(reverse("review_list"))
    with django_assert_max_num_queries(12) as desk_queries:
        client.get(reverse("review_desk", args=[assignment.pk]))
    # Four of the desk's ask how its version is read, and what it is compared with; one counts the
    # remarks that go along, and one looks for an earlier round of one's own.
    assert (len(list_queries), len(desk_queries)) == (6, 12)
