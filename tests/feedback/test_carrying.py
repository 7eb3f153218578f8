"""Annotations come along to the next version: by its words, and again when it is read anew."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from cop_platform.common import periodic
from cop_platform.common.models import JobState
from feedback.reviews.domain import carrying, places
from feedback.reviews.domain.anchoring import resolve
from feedback.reviews.enums import AnnotationKind, Carried
from feedback.reviews.models import Annotation, CarriedAnnotation
from feedback.reviews.tasks import carry_annotations, look_after_annotations
from materials import news
from materials.models import Page, Rendition
from tests import factories as make
from tests.feedback import world
from tests.materials import drawings

pytestmark = pytest.mark.django_db

FIRST = ("The mentor listens first. Then both look at the skills.", "Sign the page about consent.")
SECOND = ("The mentor listens first. Then both look at the skills.", "Sign nothing before you ask.")


def sent(version, *quotes: str, person=None) -> list[Annotation]:
    """Annotations of a review that was handed in, on words of the version's pages."""
    found = world.review_round(version=version)
    assignment = world.answered(found, person or make.person())
    return [world.annotation(assignment, quote) for quote in quotes]


@pytest.fixture
def first():
    version = world.version()
    drawings.ready(version, *FIRST)
    return version


def next_one(version, *texts: str, **more):
    made = make.version(version.material)
    drawings.ready(made, *(texts or SECOND), **more)
    return made


def states(version) -> dict[str, str]:
    rows = CarriedAnnotation.objects.filter(version=version)
    return dict(rows.values_list("annotation__quote", "state"))


def test_places_are_carried_when_the_next_version_is_drawn(
    first, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        "cop_platform.common.jobs.current_app.send_task",
        lambda name, **more: asked.append((name, more["kwargs"])),
    )
    sent(first, "The mentor listens first.", FIRST[1])
    second = next_one(first)
    with django_capture_on_commit_callbacks(execute=True):
        news.tell_drawn(second.pk)
    assert asked == [(carrying.TASK, {"version_id": second.pk})]
    carry_annotations(version_id=second.pk)
    assert states(second) == {"The mentor listens first.": Carried.KEPT, FIRST[1]: Carried.GONE}


def test_places_wait_until_the_pages_they_are_on_are_drawn(first):
    sent(first, "The mentor listens first.")
    second = next_one(first)
    drawing = Rendition.objects.filter(version=first)
    drawing.update(state=JobState.RUNNING, finished_at=None)
    assert carrying.due() == []
    assert carrying.work(version_id=second.pk) is None
    drawing.update(state=JobState.READY, finished_at=make.NOW)
    assert carrying.work(version_id=second.pk).kept == 1


def test_nothing_is_sent_for_a_first_version(first, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        news.tell_drawn(first.pk)
    assert callbacks == []


def test_a_round_that_goes_on_from_an_older_one_gets_its_places(
    first, django_capture_on_commit_callbacks
):
    [annotation] = sent(first, "The mentor listens first.")
    second = next_one(first)
    sent(second, "Sign nothing before you ask.")
    third = next_one(first)
    carrying.work(version_id=third.pk)
    # The newest version that has any is what is carried by itself.
    assert set(states(third)) == {"Sign nothing before you ask."}
    with django_capture_on_commit_callbacks() as callbacks:
        opened = world.review_round(version=third)
    assert callbacks
    opened.previous = annotation.assignment.round
    opened.save()
    carrying.work(version_id=third.pk)
    assert set(states(third)) == {"Sign nothing before you ask.", "The mentor listens first."}


def test_drafts_and_other_languages_are_not_carried(first):
    assignment = world.assigned(world.review_round(version=first), make.person())
    world.annotation(assignment, "The mentor listens first.")
    assert carrying.due() == []
    sent(world_other := make.version(first.material, language="de"))
    assert world_other.pk not in carrying.due()
    second = next_one(first)
    assert carrying.work(version_id=second.pk) is None


def test_twice_gives_the_same_rows(first):
    sent(first, "The mentor listens first.", FIRST[1])
    second = next_one(first)
    carrying.work(version_id=second.pk)
    rows = list(CarriedAnnotation.objects.order_by("pk").values())
    assert carrying.work(version_id=second.pk) is None
    carrying.again(second)
    assert list(CarriedAnnotation.objects.order_by("pk").values()) == rows


def test_a_version_that_is_gone_or_not_drawn_yet_is_no_work(first):
    sent(first, "The mentor listens first.")
    carry_annotations(version_id=10**9)
    undrawn = make.version(first.material)
    carry_annotations(version_id=undrawn.pk)
    assert not CarriedAnnotation.objects.exists()


def test_one_bad_row_does_not_stop_the_rest(first, caplog):
    bad, _good = sent(first, FIRST[1], "The mentor listens first.")
    Annotation.objects.filter(pk=bad.pk).update(boxes=[["no", "numbers"]], kind="region")
    Annotation.objects.filter(pk=bad.pk).update(boxes=[7])
    second = next_one(first)
    report = carrying.work(version_id=second.pk)
    assert (report.kept, report.failed) == (1, 1)
    unsure = CarriedAnnotation.objects.get(annotation=bad)
    assert (unsure.state, unsure.score, unsure.page) == (Carried.CHANGED, 0.0, None)
    assert str(bad.pk) in caplog.text


def test_a_row_tells_in_which_text_it_is_counted(first):
    [annotation] = sent(first, "The mentor listens first.")
    second = next_one(first, "A new first page.", FIRST[0])
    carrying.work(version_id=second.pk)
    row = CarriedAnnotation.objects.get(annotation=annotation)
    page = second.page_set.get(number=2)
    assert (row.state, row.page, row.score) == (Carried.MOVED, 2, 1.0)
    assert page.text[row.start : row.end] == row.quote == annotation.quote
    assert row.text_hash == places.hash_of(page.text)


def test_lessons_a34_another_extractor_looks_for_every_place_again(first):
    """The same rows then, with what they were read by; nobody has to notice that they are lost."""
    [annotation] = sent(first, "The mentor listens first.")
    second = next_one(first, drawn_with="reader 1")
    carrying.work(version_id=second.pk)
    row = CarriedAnnotation.objects.get()
    assert row.extractor.startswith("reader 1")
    Rendition.objects.filter(version=second).update(drawn_with="reader 2")
    Page.objects.filter(version=second, number=1).update(text="The men-\ntor\nlistens first.")
    assert carrying.due() == [second.pk]
    carry_annotations(version_id=second.pk)
    again = CarriedAnnotation.objects.get(annotation=annotation)
    assert again.pk == row.pk
    assert (again.state, again.extractor) == (Carried.KEPT, row.extractor.replace("1", "2", 1))
    assert again.quote == "The men-\ntor\nlistens first."
    assert carrying.due() == []


def test_a_text_that_is_another_now_is_searched_again(first):
    sent(first, "The mentor listens first.")
    second = next_one(first)
    carrying.work(version_id=second.pk)
    Page.objects.filter(version=second, number=1).update(text="Nothing of it.")
    assert carrying.work(version_id=second.pk).gone == 1


def test_lessons_a33_what_the_tick_finds_missing_is_sent_and_time_changes_nothing(first):
    sent(first, "The mentor listens first.")
    second = next_one(first)
    assert carrying.due() == [second.pk]
    assert periodic.run_all(make.NOW + timedelta(days=400))["annotations to carry"] == 1
    carrying.work(version_id=second.pk)
    rows = list(CarriedAnnotation.objects.values())
    look_after_annotations()
    assert periodic.run_all(make.NOW + timedelta(days=800))["annotations to carry"] == 0
    assert list(CarriedAnnotation.objects.values()) == rows


def test_lessons_a36_a_part_of_a_page_is_carried_without_words(first):
    assignment = world.answered(world.review_round(version=first), make.person())
    region = world.annotation(assignment, "", page=1, boxes=[[0.1, 0.2, 0.3, 0.1]])
    second = next_one(first)
    carrying.work(version_id=second.pk)
    row = CarriedAnnotation.objects.get(annotation=region)
    # The page looks the same: the test's pages all have one picture.
    assert (row.state, row.boxes) == (Carried.KEPT, [[0.1, 0.2, 0.3, 0.1]])


def test_a_moment_of_a_film_is_kept_while_the_film_is_as_long(first):
    film = {"media_type": "video/mp4", "original_name": "film.mp4", "pages": None}
    old = make.version(first.material, seconds=30, **film)
    drawings.ready(old)
    assignment = world.answered(world.review_round(version=old), make.person())
    world.annotation(assignment, "", kind=AnnotationKind.TIME, page=None, from_second=12.5)
    same = make.version(first.material, seconds=30, **film)
    longer = make.version(first.material, seconds=42, **film)
    for version in (same, longer):
        drawings.ready(version)
        version.page_set.all().delete()
        Rendition.objects.filter(version=version).update(pages=0)
        carrying.work(version_id=version.pk)
    found = CarriedAnnotation.objects.order_by("version").values_list("state", "from_second")
    assert list(found) == [(Carried.KEPT, 12.5), (Carried.CHANGED, 12.5)]


def test_the_command_prints_how_many_are_where(first):
    sent(first, "The mentor listens first.", "Then both look at the skills.", FIRST[1])
    second = next_one(first)
    out = StringIO()
    call_command("reanchor", "--material", first.material.code, stdout=out)
    assert json.loads(out.getvalue()) == {
        "kept": 2, "moved": 0, "changed": 0, "gone": 1, "failed": 0,
    }  # fmt: skip
    assert len(states(second)) == 3
    with pytest.raises(SystemExit) as ended:
        call_command("reanchor", "--material", "M99", stdout=(out := StringIO()))
    assert (ended.value.code, json.loads(out.getvalue())) == (
        2,
        {"error": "There is no material M99."},
    )


def test_the_tick_asks_no_more_of_three_materials_than_of_one(django_assert_num_queries):
    def material():
        version = world.version()
        drawings.ready(version, *FIRST)
        sent(version, "The mentor listens first.")
        next_one(version)

    material()
    with django_assert_num_queries(6):
        assert len(carrying.due()) == 1
    material()
    material()
    with django_assert_num_queries(6):
        assert len(carrying.due()) == 3


def test_words_are_found_in_the_stored_text_of_the_page_they_were_marked_on(first):
    def place(quote: str, *numbers: int):
        pages = first.page_set.filter(number__in=numbers).order_by("number")
        return resolve(quote=quote, prefix="", suffix="", pages=places.document(pages))

    found = place("mentorlistens  first", 1)
    assert FIRST[0][found.start : found.end] == "mentor listens first"
    assert place("Sign the page", 1) is None
    assert place("Sign the page", 1, 2).page == 2


def test_a_hundred_annotations_read_each_page_once(first, django_assert_max_num_queries):
    sent(first, *["The mentor listens first."] * 30)
    second = next_one(first)
    with django_assert_max_num_queries(14):
        carrying.work(version_id=second.pk)
    assert CarriedAnnotation.objects.count() == 30
