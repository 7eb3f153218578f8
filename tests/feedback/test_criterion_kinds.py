"""Answers of each kind at the desk: what is asked for, what is stored, what may be left out."""

from __future__ import annotations

import pytest
from django.urls import reverse

from feedback.reviews.domain import answers, desk, scales
from feedback.reviews.models import Draft, Rating
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
KINDS = ("relevance", "essential", "check", "text")


@pytest.fixture
def expert():
    return make.person()


@pytest.fixture
def assignment(expert):
    return world.assigned(world.review_round(rubric=world.rubric("Kinds", *KINDS)), expert)


def criterion(assignment, kind):
    return assignment.round.rubric.criteria.get(kind=kind)


@pytest.mark.parametrize(
    ("kind", "answer", "missing"),
    [
        ("relevance", {}, ["score"]),
        ("relevance", {"score": "9"}, ["score"]),
        ("relevance", {"score": "1"}, ["comment", "suggestion"]),
        ("relevance", {"score": "2", "comment": "Long."}, ["suggestion"]),
        ("relevance", {"score": "2", "suggestion": "Cut it."}, ["comment"]),
        (
            "relevance",
            {"score": "2", "comment": " ", "suggestion": "\n"},
            ["comment", "suggestion"],
        ),
        ("relevance", {"score": "2", "comment": "Long.", "suggestion": "Cut it."}, []),
        ("relevance", {"score": "3"}, []),
        ("relevance", {"score": "na"}, ["reason"]),
        ("relevance", {"score": "na", "reason": "No such law."}, []),
        ("essential", {}, ["score"]),
        ("essential", {"score": "4"}, ["score"]),
        ("essential", {"score": "1"}, []),
        ("essential", {"score": "3"}, []),
        ("check", {}, ["score"]),
        ("check", {"score": "3"}, ["score"]),
        ("check", {"score": "1"}, []),
        ("check", {"score": "na"}, ["reason"]),
        ("text", {}, ["comment"]),
        ("text", {"comment": " \n"}, ["comment"]),
        ("text", {"comment": "Where the map begins."}, []),
        ("text", {"score": "na", "reason": "Not here."}, []),
        ("text", {"score": "na"}, ["reason"]),
    ],
)
def test_what_is_missing_by_kind(assignment, kind, answer, missing):
    one = criterion(assignment, kind)
    found = answers.faults({str(one.pk): answer}, [one])
    assert [fault.field for fault in found] == missing
    assert answers.count_done({str(one.pk): answer}, [one]) == (not missing)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_optional_may_stay_empty_and_no_rating_is_made_of_it(kind, expert):
    rubric = world.rubric("Optional", "check", kind)
    rubric.criteria.filter(code="C2").update(is_required=False)
    assignment = world.assigned(world.review_round(rubric=rubric), expert)
    first = rubric.criteria.get(code="C1")
    world.save(assignment, expert, {str(first.pk): {"score": "2"}})
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert list(Rating.objects.values_list("criterion__code", "score")) == [("C1", 2)]


def test_a_comment_without_an_answer_to_what_is_optional_is_asked_about(expert):
    rubric = world.rubric("Optional", "relevance")
    rubric.criteria.update(is_required=False)
    one = rubric.criteria.get()
    found = answers.faults({str(one.pk): {"comment": "Too long."}}, [one])
    assert [fault.field for fault in found] == ["score"]


def test_each_kind_is_stored_with_its_words_weight_and_confidence(assignment, expert):
    assignment.round.rubric.refresh_from_db()
    keys = {kind: str(criterion(assignment, kind).pk) for kind in KINDS}
    typed = {
        keys["relevance"]: {
            "score": "2",
            "comment": "Too long.",
            "suggestion": "Cut the first page.",
            "confidence": "3",
        },
        keys["essential"]: {"score": "3", "confidence": "1"},
        keys["check"]: {"score": "2"},
        keys["text"]: {"comment": "Where the map begins."},
    }
    world.save(assignment, expert, typed)
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    rows = Rating.objects.order_by("criterion__position")
    names = ("kind", "score", "comment", "suggestion", "confidence", "weight", "wording")
    assert [tuple(getattr(row, name) for name in names) for row in rows] == [
        ("relevance", 2, "Too long.", "Cut the first page.", 3, 1, "Question 1."),
        ("essential", 3, "", "", 1, 1, "Question 2."),
        ("check", 2, "", "", None, 1, "Question 3."),
        ("text", None, "Where the map begins.", "", None, 1, "Question 4."),
    ]


def test_lesson_25_that_it_does_not_apply_is_an_answer_of_its_own(assignment, expert):
    typed = {
        str(one.pk): {"score": "na", "reason": "Not for print.", "comment": "Old words."}
        for one in assignment.round.rubric.criteria.all()
    }
    world.save(assignment, expert, typed)
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    rows = Rating.objects.values_list("score", "not_applicable", "na_reason")
    assert set(rows) == {(None, True, "Not for print.")}


def test_a_draft_from_before_there_were_suggestions_still_opens(as_user, assignment, expert):
    key = str(criterion(assignment, "relevance").pk)
    Draft.objects.create(
        assignment=assignment,
        answers={key: {"score": "1", "comment": "Old.", "colour": "gone"}},
        saved_at=make.NOW,
    )
    page = as_user(expert.user).get(reverse("review_desk", args=[assignment.pk]))
    assert "Old." in page.content.decode()
    with pytest.raises(desk.Incomplete) as caught:
        desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    assert "suggestion" in [fault.field for fault in caught.value.faults]


def test_a_low_score_without_a_suggestion_is_refused_by_the_server_and_said_beside_the_field(
    as_user, expert
):
    assignment = world.assigned(world.review_round(), expert)
    client, url = as_user(expert.user), reverse("review_desk", args=[assignment.pk])
    key = f"c{assignment.round.rubric.criteria.first().pk}"
    fields = world.posted(assignment, "1", submit="1") | {f"{key}-suggestion": ""}
    page = client.post(url, fields).content.decode()
    assert f'id="{key}-suggestion-error"' in page
    assert "a 1 or a 2 needs a suggestion" in page
    assert not Rating.objects.exists()
    client.post(url, world.posted(assignment, "1", submit="1"))
    assert Rating.objects.get(score=1).suggestion == "Two short sentences instead."


def test_the_desk_shows_buttons_by_kind(as_user, assignment, expert):
    page = as_user(expert.user).get(reverse("review_desk", args=[assignment.pk])).content.decode()
    for kind, steps in (("relevance", 4), ("essential", 3), ("check", 2), ("text", 0)):
        one = criterion(assignment, kind)
        part = page.split(f'id="c{one.pk}-score"')[1].split("</fieldset>")[0]
        assert part.count('type="radio"') == steps + 1 + (kind == "text")
        assert f'name="c{one.pk}-confidence"' in part
    assert "Essential" in page
    assert page.count("0 of 4 done") == 1


@pytest.mark.parametrize(
    "fields", [{"essential-score": "4"}, {"check-score": "3"}, {"relevance-confidence": "9"}]
)
def test_what_a_kind_does_not_offer_is_not_stored(as_user, assignment, expert, fields):
    posted = {}
    for name, value in fields.items():
        kind, _dash, field = name.partition("-")
        posted[f"c{criterion(assignment, kind).pk}-{field}"] = value
    answer = as_user(expert.user).post(reverse("review_draft", args=[assignment.pk]), posted)
    assert answer.status_code == 400
    assert Draft.objects.get().answers == {}


def test_a_rubrics_own_words_stand_on_the_buttons_and_too_few_are_not_used():
    rubric = world.rubric("Words", "check", "check")
    rubric.criteria.filter(code="C1").update(anchors=["nein", "ja"])
    rubric.criteria.filter(code="C2").update(anchors=["only one"])
    own, usual = rubric.criteria.order_by("position")
    assert scales.choices(own) == (("1", "nein"), ("2", "ja"))
    assert [word for _score, word in scales.choices(usual)] == ["No", "Yes"]
