"""Remarks on places of a material: kept once, found in the text, seen by their writer only."""

from __future__ import annotations

import hashlib
import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.reviews.domain import annotations as notes
from feedback.reviews.domain import desk, rounds
from feedback.reviews.domain.annotations import Remark, Spot
from feedback.reviews.enums import AnnotationKind, Mark, Phase
from feedback.reviews.models import Annotation, ReviewRound
from tests import factories as make
from tests.feedback import world
from tests.materials import drawings

pytestmark = pytest.mark.django_db

TEXT = "First words.\nThe port-\nfolio shows what a person\ncan do. The portfolio is theirs."
KEY = uuid.UUID("0b0f3a52-6f1c-4c0e-9a35-111111111111")
HOSTILE = "Change this \U0001f600 \u202eright to left\u202c now"


@pytest.fixture
def expert():
    return make.person()


@pytest.fixture
def assignment(expert):
    version = world.version()
    drawings.ready(version, TEXT, "Second page", pdf=drawings.stored(b"%PDF-1.7"))
    return world.assigned(world.review_round(version=version), expert)


def region(page: int = 1) -> Spot:
    return Spot(kind=AnnotationKind.REGION, page=page, boxes=((0.1, 0.2, 0.3, 0.1),))


def keep(assignment, person, text: str = "Say it shorter.", **more) -> Annotation:
    values = {"client_key": KEY, "revision": 0, "spot": region()} | more
    remark = Remark(mark=Mark.SHOULD, text=text)
    return notes.save(assignment_id=assignment.pk, by=person.user, remark=remark, **values)


def sent(assignment, person) -> None:
    world.save(assignment, person, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)


def fields(**more) -> dict:
    """What the browser sends for a region of page 1."""
    known = {
        "client_key": str(KEY),
        "revision": "0",
        "kind": "region",
        "mark": "must",
        "text": "Say it shorter.",
        "page": "1",
        "boxes": "[[0.1, 0.2, 0.3, 0.1]]",
    }
    return known | {name: str(value) for name, value in more.items()}


def urls(assignment) -> dict[str, str]:
    names = ("review_annotations", "review_annotation_delete", "review_annotations_export")
    return {name: reverse(name, args=[assignment.pk]) for name in names}


# --- Keeping ----------------------------------------------------------------------------------


def test_sending_a_remark_twice_makes_one_row_and_no_new_revision(assignment, expert):
    for _time in range(2):
        kept = keep(assignment, expert)
    assert kept.revision == 1
    assert Annotation.objects.count() == 1


def test_a_change_counts_a_revision_and_leaves_the_place(assignment, expert):
    keep(assignment, expert)
    kept = keep(assignment, expert, "Another word.", revision=1, spot=region(2))
    assert (kept.text, kept.revision, kept.page) == ("Another word.", 2, 1)


def test_two_windows_notice_each_other_and_both_texts_are_there(assignment, expert):
    keep(assignment, expert, "One window")
    keep(assignment, expert, "One window, more", revision=1)
    with pytest.raises(notes.AnotherWindow) as caught:
        keep(assignment, expert, "The other window", revision=1)
    assert caught.value.stored.text == "One window, more"
    assert Annotation.objects.get().text == "One window, more"


def test_what_was_deleted_elsewhere_is_not_brought_back_unasked(assignment, expert):
    keep(assignment, expert)
    for _time in range(2):
        notes.delete(assignment_id=assignment.pk, client_key=KEY, revision=1, by=expert.user)
    with pytest.raises(notes.AnotherWindow):
        keep(assignment, expert, "late", revision=1)
    assert not Annotation.objects.exists()
    keep(assignment, expert, "undone", revision=0)
    assert Annotation.objects.get().text == "undone"


def test_a_newer_remark_is_not_deleted_by_an_older_window(assignment, expert):
    keep(assignment, expert)
    keep(assignment, expert, "newer", revision=1)
    with pytest.raises(notes.AnotherWindow):
        notes.delete(assignment_id=assignment.pk, client_key=KEY, revision=1, by=expert.user)
    assert Annotation.objects.count() == 1


def test_only_the_assigned_expert_writes_remarks(assignment):
    for stranger in (make.person(), assignment.round.opened_by):
        with pytest.raises(Refused):
            keep(assignment, stranger)
        with pytest.raises(Refused):
            notes.delete(assignment_id=assignment.pk, client_key=KEY, revision=0, by=stranger.user)


def test_after_sending_a_late_remark_changes_nothing(assignment, expert):
    keep(assignment, expert)
    sent(assignment, expert)
    with pytest.raises(desk.AlreadySent):
        keep(assignment, expert, "late", revision=1)
    with pytest.raises(desk.AlreadySent):
        keep(assignment, expert, "late", client_key=uuid.uuid4())
    with pytest.raises(desk.AlreadySent):
        notes.delete(assignment_id=assignment.pk, client_key=KEY, revision=1, by=expert.user)
    assert [row.text for row in Annotation.objects.all()] == ["Say it shorter."]


@pytest.mark.parametrize("phase", [Phase.RESPONSE, Phase.DECISION, None])
def test_a_round_that_has_gone_on_or_is_closed_takes_no_remarks(assignment, expert, phase):
    if phase:
        ReviewRound.objects.filter(pk=assignment.round_id).update(phase=phase)
    else:
        by = assignment.round.opened_by.user
        rounds.close_round(round_id=assignment.round_id, by=by, at=make.NOW)
    with pytest.raises(rounds.RoundClosed):
        keep(assignment, expert)
    assert not Annotation.objects.exists()


def test_a_remark_may_still_be_written_in_the_discussion(assignment, expert):
    ReviewRound.objects.filter(pk=assignment.round_id).update(phase=Phase.DISCUSSION)
    assert keep(assignment, expert).revision == 1


def test_one_review_holds_so_many_remarks_and_no_more(assignment, expert, monkeypatch):
    monkeypatch.setattr(notes, "MOST", 1)
    keep(assignment, expert)
    with pytest.raises(notes.TooMany):
        keep(assignment, expert, client_key=uuid.uuid4())


# --- The place --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spot",
    [
        region(3),
        Spot(kind=AnnotationKind.REGION, page=1),
        Spot(kind=AnnotationKind.TEXT, page=1),
        Spot(kind=AnnotationKind.REGION, boxes=((0, 0, 1, 1),)),
        Spot(kind=AnnotationKind.IMAGE, boxes=((0, 0, 1, 1),)),
        Spot(kind=AnnotationKind.TIME, from_second=1),
    ],
)
def test_a_place_that_the_version_has_not_is_refused(assignment, expert, spot):
    with pytest.raises(notes.NotInVersion):
        keep(assignment, expert, spot=spot)


def test_a_film_is_marked_within_its_length(expert):
    film = make.version(make.material(), media_type="video/mp4", seconds=60)
    task = world.assigned(world.review_round(version=film), expert)
    spot = Spot(kind=AnnotationKind.TIME, from_second=12.5, to_second=60.4)
    assert keep(task, expert, spot=spot).to_second == 60.4
    with pytest.raises(notes.NotInVersion):
        keep(task, expert, client_key=uuid.uuid4(), spot=Spot("time", from_second=61))


def test_a_picture_is_marked_in_fractions(expert):
    picture = make.version(make.material(), media_type="image/png", pages=None)
    task = world.assigned(world.review_round(version=picture), expert)
    kept = keep(task, expert, spot=Spot(AnnotationKind.IMAGE, boxes=((0.5, 0.5, 0.5, 0.5),)))
    assert kept.boxes == [[0.5, 0.5, 0.5, 0.5]]


def test_a_quote_is_found_in_the_stored_text_across_line_breaks(assignment, expert):
    spot = Spot(kind=AnnotationKind.TEXT, page=1, quote="shows what a person can do")
    kept = keep(assignment, expert, spot=spot)
    assert kept.quote == "shows what a person\ncan do"
    assert TEXT[kept.start : kept.end] == kept.quote
    assert (kept.prefix[-5:], kept.suffix[:4]) == ("olio ", ". Th")
    assert kept.text_hash == hashlib.sha256(TEXT.encode()).hexdigest()


def test_words_that_the_stored_text_has_not_are_kept_as_they_were_sent(assignment, expert):
    spot = Spot(kind=AnnotationKind.TEXT, page=1, quote="not there", prefix="a", suffix="b")
    kept = keep(assignment, expert, spot=spot)
    assert (kept.quote, kept.prefix, kept.suffix) == ("not there", "a", "b")
    assert (kept.start, kept.end, kept.text_hash) == (None, None, "")


def test_of_equal_words_the_nearest_counts_and_their_context_before_all():
    text = "one two three. one two four. one two five."
    places = {
        before: notes.position(text, Spot("text", quote="one two", before=before))
        for before in (0, 13, 100)
    }
    assert places == {0: (0, 7), 13: (15, 22), 100: (29, 36)}
    known = Spot("text", quote="one  two", before=0, suffix="five")
    assert notes.position(text, known) == (29, 36)


@given(st.text(max_size=40), st.text(max_size=40), st.data())
def test_whatever_is_quoted_from_a_text_is_found_in_it(before, after, data):
    quote = data.draw(st.text(min_size=1, max_size=20).filter(lambda words: words.strip()))
    place = notes.position(before + quote + after, Spot("text", quote=quote))
    signs = notes._bare(quote)[0]
    if signs:
        assert place is not None
        start, end = place
        assert signs in notes._bare((before + quote + after)[start:end])[0]


# --- The addresses ----------------------------------------------------------------------------


def test_the_desk_keeps_changes_and_takes_away_a_remark(as_user, assignment, expert):
    client, to = as_user(expert.user), urls(assignment)
    answer = client.post(to["review_annotations"], fields())
    assert answer.status_code == 200
    assert answer.json()["annotation"]["revision"] == 1
    answer = client.post(to["review_annotations"], fields(revision=1, text="Other", mark="idea"))
    assert answer.json()["annotation"]["text"] == "Other"
    (row,) = client.get(to["review_annotations"]).json()["annotations"]
    assert (row["client_key"], row["mark"], row["boxes"]) == (
        str(KEY),
        "idea",
        [[0.1, 0.2, 0.3, 0.1]],
    )
    gone = {"client_key": str(KEY), "revision": 2}
    assert client.post(to["review_annotation_delete"], gone).status_code == 200
    assert client.get(to["review_annotations"]).json() == {"annotations": []}


def test_a_conflict_answers_with_the_other_text(as_user, assignment, expert):
    client, to = as_user(expert.user), urls(assignment)
    client.post(to["review_annotations"], fields(text="first"))
    answer = client.post(to["review_annotations"], fields(text="second"))
    assert answer.status_code == 409
    body = answer.json()
    assert "another window" in body["error"]
    assert (body["stored"]["text"], body["over"]) == ("first", False)


def test_after_sending_the_answer_says_that_it_is_over(as_user, assignment, expert):
    client, to = as_user(expert.user), urls(assignment)
    client.post(to["review_annotations"], fields())
    sent(assignment, expert)
    answer = client.post(to["review_annotations"], fields(revision=1, text="late"))
    assert (answer.status_code, answer.json()["over"]) == (409, True)
    assert Annotation.objects.get().text == "Say it shorter."


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_key": "no key"},
        {"boxes": "[[0.9, 0.9, 0.2, 0.2]]"},
        {"boxes": "[[true, 0, 1, 1]]"},
        {"boxes": "{"},
        {"boxes": json.dumps([[0, 0, 1, 1]] * 201)},
        {"page": "0"},
        {"page": "9" * 40},
        {"page": "3"},
        {"mark": "hate"},
        {"criterion": "1"},
        {"text": "x" * 50_001},
        {"text": "nul \x00"},
        {"quote": "x" * 4_001},
        {"kind": "time", "from_second": "nan"},
        {"kind": "time", "from_second": "2", "to_second": "1"},
    ],
)
def test_what_cannot_be_kept_gets_a_sentence_and_changes_nothing(
    as_user, assignment, expert, wrong
):
    answer = as_user(expert.user).post(urls(assignment)["review_annotations"], fields(**wrong))
    assert answer.status_code in {400, 409}
    assert answer.json()["error"].endswith(".")
    assert not Annotation.objects.exists()


def test_fifty_thousand_signs_emoji_and_turned_text_are_kept_shown_and_exported(
    as_user, assignment, expert
):
    client, to = as_user(expert.user), urls(assignment)
    long = (HOSTILE + " " + "й" * 50_000)[:50_000]
    criterion = assignment.round.rubric.criteria.first()
    client.post(to["review_annotations"], fields(text=long, criterion=criterion.pk))
    assert client.get(to["review_annotations"]).json()["annotations"][0]["text"] == long
    world.save(assignment, expert, world.whole(assignment, "1", comment=long))
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    page = client.get(reverse("review_desk", args=[assignment.pk])).content.decode()
    assert page.count(HOSTILE) == 2
    answer = client.get(to["review_annotations_export"])
    assert "attachment" in answer["Content-Disposition"]
    (item,) = json.loads(answer.content)["first"]["items"]
    assert item["body"][0]["value"] == long


def test_a_remark_stands_together_as_web_annotation_selectors(as_user, assignment, expert):
    client, to = as_user(expert.user), urls(assignment)
    words = fields(
        kind="text",
        quote="can do",
        text="",
        boxes="[[0.1, 0.2, 0.3, 0.02], [0.1, 0.25, 0.2, 0.02]]",
    )
    client.post(to["review_annotations"], words)
    (item,) = json.loads(client.get(to["review_annotations_export"]).content)["first"]["items"]
    start = TEXT.index("can do")
    assert item["target"]["selector"] == [
        {
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
            "value": "page=1",
        },
        {
            "type": "FragmentSelector",
            "conformsTo": "http://www.w3.org/TR/media-frags/",
            "value": "xywh=percent:10.00,20.00,30.00,7.00",
        },
        {
            "type": "TextQuoteSelector",
            "exact": "can do",
            "prefix": TEXT[start - 32 : start],
            "suffix": TEXT[start + 6 : start + 38],
        },
        {"type": "TextPositionSelector", "start": start, "end": start + 6},
    ]
    assert item["body"] == [{"type": "TextualBody", "purpose": "tagging", "value": "must"}]
    assert expert.name not in json.dumps(item)


# --- Who sees them ----------------------------------------------------------------------------


def test_remarks_of_a_foreign_review_are_missing(as_user, assignment, expert):
    keep(assignment, expert)
    fellow = make.person()
    world.assigned(assignment.round, fellow)
    for user in (fellow.user, assignment.round.opened_by.user, make.user(Role.PROJECT_MANAGER)):
        client = as_user(user)
        to = urls(assignment)
        assert client.get(to["review_annotations"]).status_code == 404
        assert client.post(to["review_annotations"], fields()).status_code == 404
        assert client.post(to["review_annotation_delete"], fields()).status_code == 404
        assert client.get(to["review_annotations_export"]).status_code == 404
    assert Annotation.objects.get().text == "Say it shorter."


def test_no_words_of_a_remark_leak_before_the_phase_is_over(as_user, assignment, expert):
    secret = "Nobody reads this yet"
    keep(assignment, expert, secret)
    sent(assignment, expert)
    fellow, waiting = make.person(), make.person()
    world.answered(assignment.round, fellow)
    world.answered(assignment.round, make.person())
    task = world.assigned(assignment.round, waiting)
    author = assignment.round.version.material.owner
    pages = [
        reverse("round_detail", args=[assignment.round_id]),
        reverse("round_outcome", args=[assignment.round_id]),
        reverse("version_detail", args=[assignment.round.version_id]),
        reverse("review_list"),
        reverse("review_desk", args=[task.pk]),
    ]
    leaks = []
    for person in (fellow, waiting, author, assignment.round.opened_by):
        client = as_user(person.user)
        leaks += [(person, url) for url in pages if secret in client.get(url).content.decode()]
    assert leaks == []
    own = as_user(expert.user).get(reverse("review_desk", args=[assignment.pk]))
    assert secret in own.content.decode()


def test_a_remark_stores_no_hour(assignment, expert):
    keep(assignment, expert)
    event = Annotation.pgh_event_model.objects.get()
    assert (event.pgh_created_at.hour, event.pgh_created_at.microsecond) == (0, 0)


# --- The pages --------------------------------------------------------------------------------


def test_the_desk_says_how_many_remarks_go_along(as_user, assignment, expert):
    keep(assignment, expert)
    keep(assignment, expert, "", client_key=uuid.uuid4())
    page = as_user(expert.user).get(reverse("review_desk", args=[assignment.pk])).content.decode()
    assert "Remarks that go along with your review: 2." in page
    assert "Without words yet: 1." in page


def test_the_desk_costs_the_same_queries_with_one_remark_and_with_three(
    as_user, assignment, expert
):
    client = as_user(expert.user)
    desk_url = reverse("review_desk", args=[assignment.pk])
    client.get(desk_url)
    counts = []
    for more in (1, 2):
        for _time in range(more):
            keep(assignment, expert, client_key=uuid.uuid4())
        with CaptureQueriesContext(connection) as queries:
            for url in (desk_url, *list(urls(assignment).values())[::2]):
                assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_closed_round_lists_the_remarks_and_offers_no_tools(as_user, assignment, expert):
    keep(assignment, expert, HOSTILE)
    by = assignment.round.opened_by.user
    rounds.close_round(round_id=assignment.round_id, by=by, at=make.NOW)
    page = as_user(expert.user).get(reverse("review_desk", args=[assignment.pk])).content.decode()
    assert HOSTILE in page
    assert "data-ann-tools" not in page


@pytest.mark.parametrize(("language", "first"), [("en", "words"), ("ar", "place"), ("fa", "place")])
def test_on_pages_from_right_to_left_a_place_is_offered_first(as_user, expert, language, first):
    version = make.version(make.material(), language=language)
    drawings.ready(version)
    task = world.assigned(world.review_round(version=version), expert)
    page = as_user(expert.user).get(reverse("review_desk", args=[task.pk])).content.decode()
    assert page.split('data-ann-act="')[1].startswith(first)
