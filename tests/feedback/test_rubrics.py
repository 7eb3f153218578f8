"""Rubrics: the one that fits is proposed, what was used is kept, and weights show their sum."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.reviews.domain import rubric_editing, rubrics
from feedback.reviews.domain.rubric_templates import TEMPLATES
from feedback.reviews.forms.rubrics import CriterionForm, rubric_field
from feedback.reviews.models import CalibrationSample, Criterion, Rubric
from materials.enums import MaterialAudience, MaterialType
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make.user(Role.PROJECT_MANAGER)


def version_of(type_=MaterialType.GUIDE, audience=MaterialAudience.MENTORS):
    return make.version(make.material(type=type_, audience=audience))


def asked(**more) -> dict:
    usual = {"text": "It is short.", "kind": "relevance", "weight": 1}
    return usual | {"is_required": True, "anchors": []} | more


# --- Which one is proposed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "audience", "name"),
    [
        ("guide", "mentors", "Quality of a learning material"),
        ("annex", "all", "Quality of a learning material"),
        ("video", "mentors", "Quality of a film"),
        ("video", "migrants", "Quality of a film"),
        ("cards", "migrants", "Quality of picture cards"),
        ("template", "migrants", "Quality of a portfolio template"),
        ("platform", "migrants", "Quality of platform screens"),
        ("workbook", "migrants", "Easy language for learners"),
    ],
)
def test_the_rubric_that_fits_best_is_proposed(type_, audience, name):
    assert rubrics.for_version(version_of(type_, audience)).name == name


def test_templates_are_written_down_once_and_hold_the_kinds_they_promise():
    assert rubrics.write_down() == len(TEMPLATES)
    assert rubrics.write_down() == 0
    general = rubrics.current()
    assert [c.code for c in general.criteria.all()] == [f"C{n}" for n in range(1, 11)]
    screens = Rubric.objects.get(name="Quality of platform screens")
    assert set(screens.criteria.values_list("kind", flat=True)) == {"relevance", "check", "text"}


def test_the_newest_revision_that_is_in_use_is_proposed(manager):
    version = version_of()
    first = rubrics.for_version(version)
    second = rubric_editing.revise(rubric_id=first.pk, by=manager, at=make.NOW)
    assert rubrics.for_version(version) == second
    rubric_editing.retire(rubric_id=second.pk, retired=True, by=manager, at=make.NOW)
    assert rubrics.for_version(version) == first
    rubric_editing.retire(rubric_id=first.pk, retired=True, by=manager, at=make.NOW)
    with pytest.raises(rubrics.NoRubric):
        rubrics.for_version(version)
    rubric_editing.retire(rubric_id=first.pk, retired=False, by=manager, at=make.NOW)
    assert rubrics.for_version(version) == first


def test_a_rubric_without_criteria_is_not_proposed(manager):
    values = {"name": "Guides", "material_type": "guide", "audience": "", "guidance": ""}
    made = rubric_editing.create(**values, by=manager, at=make.NOW)
    assert rubrics.for_version(version_of()).name == rubrics.NAME
    rubric_editing.add_criterion(rubric_id=made.pk, by=manager, at=make.NOW, **asked())
    assert rubrics.for_version(version_of()) == made


def test_a_round_takes_the_rubric_that_was_chosen_and_freezes_it(manager):
    chosen = world.rubric("Chosen")
    found = world.review_round(rubric=chosen)
    chosen.refresh_from_db()
    assert (found.rubric, chosen.frozen_at) == (chosen, make.NOW)
    rubric_editing.retire(rubric_id=chosen.pk, retired=True, by=manager, at=make.NOW)
    with pytest.raises(rubrics.NoRubric):
        world.review_round(rubric=chosen)


def test_the_field_for_rounds_offers_the_newest_of_each_that_is_in_use(manager):
    kept, old = world.rubric("Kept"), world.rubric("Old")
    new = rubric_editing.revise(rubric_id=old.pk, by=manager, at=make.NOW)
    gone = world.rubric("Gone")
    rubric_editing.retire(rubric_id=gone.pk, retired=True, by=manager, at=make.NOW)
    field = rubric_field()
    offered = [label for value, label in field.choices if value]
    assert offered == ["Kept, revision 1", "Old, revision 2"]
    assert set(field.queryset) == {kept, new}
    assert field.clean("") is None


# --- Weights -----------------------------------------------------------------------------------


def test_lesson_26_weights_are_said_with_their_sum():
    made = world.rubric("Weighed", "relevance", "relevance", "relevance", "text", "check")
    made.criteria.filter(code="C1").update(weight=3)
    made.criteria.filter(code="C2").update(weight=0)
    found = rubrics.weights(made.criteria.all())
    assert (found.criteria, found.total) == (2, 4)
    assert found.sentence == "Weighted mean of 2 criteria; the weights add up to 4."


# --- Editing -----------------------------------------------------------------------------------


def test_criteria_are_added_moved_and_deleted_and_their_codes_follow(manager):
    made = world.rubric("Codes")
    act = {"by": manager, "at": make.NOW}
    added = rubric_editing.add_criterion(rubric_id=made.pk, **act, **asked(text="Last."))
    assert added.code == "C4"
    rubric_editing.move_criterion(criterion_id=added.pk, up=True, **act)
    rubric_editing.move_criterion(criterion_id=added.pk, up=True, **act)
    first = made.criteria.get(code="C1")
    rubric_editing.move_criterion(criterion_id=first.pk, up=True, **act)
    rubric_editing.delete_criterion(criterion_id=first.pk, **act)
    rows = made.criteria.order_by("position").values_list("code", "position", "text")
    assert list(rows) == [("C1", 1, "Last."), ("C2", 2, "Question 2."), ("C3", 3, "Question 3.")]


def test_lesson_30_what_a_round_was_opened_with_stays_and_a_revision_is_edited_instead(manager):
    made = world.rubric("Kept")
    CalibrationSample.objects.create(
        rubric=made,
        title="Sample",
        text="Words.",
        expected={str(made.criteria.get(code="C1").pk): {"score": "2", "why": "Long."}},
    )
    running = world.review_round(rubric=made)
    act = {"by": manager, "at": make.NOW}
    criterion = made.criteria.get(code="C1")
    values = {"name": "Other", "material_type": "", "audience": "", "guidance": ""}
    for attempt in (
        lambda: rubric_editing.change(rubric_id=made.pk, **values, **act),
        lambda: rubric_editing.add_criterion(rubric_id=made.pk, **act, **asked()),
        lambda: rubric_editing.change_criterion(criterion_id=criterion.pk, **act, **asked()),
        lambda: rubric_editing.move_criterion(criterion_id=criterion.pk, up=False, **act),
        lambda: rubric_editing.delete_criterion(criterion_id=criterion.pk, **act),
    ):
        with pytest.raises(rubric_editing.Frozen):
            attempt()
    revision = rubric_editing.revise(rubric_id=made.pk, **act)
    copied = revision.criteria.get(code="C1")
    rubric_editing.change_criterion(criterion_id=copied.pk, **act, **asked(text="Other words."))
    assert (revision.revision, revision.frozen_at) == (2, None)
    assert revision.sample.expected == {str(copied.pk): {"score": "2", "why": "Long."}}
    running.refresh_from_db()
    assert [c.text for c in running.rubric.criteria.all()] == [f"Question {n}." for n in (1, 2, 3)]


def test_the_database_keeps_a_frozen_rubric_too(manager):
    made = world.rubric("Kept")
    world.review_round(rubric=made)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Criterion.objects.filter(rubric=made).update(text="Other")


def test_names_are_taken_once(manager):
    world.rubric("Cards")
    values = {"name": "Cards", "material_type": "", "audience": "", "guidance": ""}
    with pytest.raises(rubric_editing.NameTaken):
        rubric_editing.create(**values, by=manager, at=make.NOW)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EXPERT, Role.AUTHOR, Role.PLATFORM_ADMIN])
def test_only_the_manager_writes_rubrics(role):
    made, user = world.rubric("Cards"), make.user(role)
    with pytest.raises(Refused):
        rubric_editing.revise(rubric_id=made.pk, by=user, at=make.NOW)
    with pytest.raises(Refused):
        rubric_editing.retire(rubric_id=made.pk, retired=True, by=user, at=make.NOW)
    with pytest.raises(Refused):
        rubric_editing.add_criterion(rubric_id=made.pk, by=user, at=make.NOW, **asked())


# --- The forms and pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "fine"),
    [
        ("relevance", "no\npartly\nmostly\nfully", True),
        ("relevance", "no\nyes", False),
        ("essential", "skip\nnice\nmust", True),
        ("check", "nein\nja", True),
        ("text", "word", False),
        ("text", "", True),
        ("check", "x" * 31 + "\nja", False),
    ],
)
def test_a_scale_has_a_word_for_each_step_or_none(kind, words, fine):
    data = {"text": "It fits.", "kind": kind, "weight": "1", "anchors": words}
    assert CriterionForm(data).is_valid() == fine


@pytest.mark.parametrize("weight", ["-1", "10", "", "many"])
def test_a_weight_is_a_small_number(weight):
    data = {"text": "It fits.", "kind": "relevance", "weight": weight}
    assert "weight" in CriterionForm(data).errors


def test_the_manager_writes_a_rubric_on_its_pages(as_user, manager):
    client = as_user(manager)
    answer = client.post(
        reverse("rubric_new"),
        {"name": "Maps", "material_type": "other", "audience": "", "guidance": "Look twice."},
    )
    made = Rubric.objects.get(name="Maps")
    assert answer["Location"] == reverse("rubric_detail", args=[made.pk])
    for text in ("Streets are named.", "Distances are right."):
        fields = {"text": text, "kind": "relevance", "weight": "2", "is_required": "on"}
        client.post(reverse("criterion_new", args=[made.pk]), fields)
    last = made.criteria.get(code="C2")
    client.post(reverse("criterion_move", args=[last.pk]), {"direction": "up"})
    page = client.get(reverse("rubric_detail", args=[made.pk])).content.decode()
    assert page.index("Distances are right.") < page.index("Streets are named.")
    assert "Weighted mean of 2 criteria; the weights add up to 4." in page
    assert "Look twice." in page
    world.review_round(rubric=made)
    page = client.get(reverse("rubric_detail", args=[made.pk])).content.decode()
    assert reverse("criterion_new", args=[made.pk]) not in page
    refused = client.post(reverse("criterion_edit", args=[last.pk]), fields)
    assert "Make a new revision" in refused.content.decode()


def test_the_platforms_rubrics_are_taken_by_one_press(as_user, manager):
    client = as_user(manager)
    assert "Add them" in client.get(reverse("rubric_list")).content.decode()
    client.post(reverse("rubric_templates"))
    page = client.get(reverse("rubric_list")).content.decode()
    assert "Quality of picture cards" in page
    assert "Add them" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_number_of_queries(
    as_user, manager, count, django_assert_max_num_queries
):
    for n in range(count):
        made = world.rubric(f"Rubric {n}", *["relevance"] * count)
    client, asked_for = as_user(manager), []
    for url in (reverse("rubric_list"), reverse("rubric_detail", args=[made.pk])):
        client.get(url)
        with django_assert_max_num_queries(12) as queries:
            client.get(url)
        asked_for.append(len(queries))
    assert asked_for == [5, 6]


# --- Two people at one rubric ------------------------------------------------------------------


def fields_of(page) -> dict[str, str]:
    """The form of a page as its browser would send it, with the mark of what was shown."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    if "is_required" in values:
        values["is_required"] = "on" if values["is_required"] else ""
    return values | {"seen": page.context["seen"]}


def test_two_managers_at_one_rubric_both_see_both_texts_and_choose(as_user, manager):
    rubric = world.rubric("Films")
    url = reverse("rubric_edit", args=[rubric.pk])
    one, other = as_user(manager), as_user(make.user(Role.PROJECT_MANAGER))
    first, second = fields_of(one.get(url)), fields_of(other.get(url))
    assert one.post(url, first | {"guidance": "Watch it twice."}).status_code == 302
    late = second | {"guidance": "Watch it once, <b>slowly</b>.", "name": "Short films"}
    page = other.post(url, late)
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Watch it twice." in shown
    assert "Watch it once, &lt;b&gt;slowly&lt;/b&gt;." in shown
    rubric.refresh_from_db()
    assert (rubric.name, rubric.guidance) == ("Films", "Watch it twice.")
    again = dict(page.context["fields"]) | {"seen": page.context["seen"]}
    assert other.post(url, again).status_code == 302
    rubric.refresh_from_db()
    assert (rubric.name, rubric.guidance) == ("Short films", "Watch it once, <b>slowly</b>.")


def test_two_managers_at_one_criterion_both_see_both_texts_and_choose(as_user, manager):
    criterion = world.rubric("Films", "relevance").criteria.get()
    url = reverse("criterion_edit", args=[criterion.pk])
    client = as_user(manager)
    seen = fields_of(client.get(url))
    assert client.post(url, seen | {"text": "It is short.", "weight": 2}).status_code == 302
    page = client.post(url, seen | {"text": "It is long.", "anchors": ""})
    assert page.status_code == 409
    assert {row["label"] for row in page.context["rows"]} == {"Criterion", "Weight"}
    criterion.refresh_from_db()
    assert (criterion.text, criterion.weight) == ("It is short.", 2)
    assert client.post(url, fields_of(client.get(url))).status_code == 302
