"""Guides: written by the manager, translated by the countries, kept once a group uses them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.focus_groups.domain.guides import guide_questions, guides, standard_guides
from feedback.focus_groups.domain.planning import planning
from feedback.focus_groups.domain.planning.planning import GroupPlan
from feedback.focus_groups.enums import Voice
from feedback.focus_groups.models import Guide, GuideQuestion
from sessions.enums import Kind
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make.user(Role.PROJECT_MANAGER)


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR)


def asked(guide) -> list[str]:
    return [question.said("en") for question in guide.questions.all()]


def used(guide):
    """The guide, with a group planned with it."""
    by = make.user(Role.COORDINATOR)
    session = make.cop_session("BG", by=by, kind=Kind.FOCUS_GROUP)
    plan = GroupPlan(voice=guide.voice, guide=guide, languages=("bg",))
    planning.plan_group(session_id=session.pk, plan=plan, by=by, at=make.NOW)
    guide.refresh_from_db()
    return guide


def test_every_project_starts_with_a_guide_for_each_voice():
    standard = {guide.voice: guide for guide in Guide.objects.all()}

    assert set(standard) == set(Voice.values)
    assert asked(standard["mentor"]) == [
        "When would you use this?",
        "What did you skip?",
        "What went wrong?",
    ]
    every = {code for code, _name in settings.PROJECT_LANGUAGES}
    for voice in ("migrant", "mentor"):
        assert all(set(q.texts) == every for q in standard[voice].questions.all())
    for guide in standard.values():
        assert sum(question.minutes for question in guide.questions.all()) == 30


def test_laying_out_twice_keeps_what_was_edited_and_adds_what_is_missing():
    migrants = Guide.objects.get(name="Talk with migrants")
    migrants.questions.filter(position__gt=1).delete()
    Guide.objects.get(name="Talk with experts").delete()

    standard_guides.lay_out(apps=apps, using="default")
    standard_guides.lay_out(apps=apps, using="default")

    assert Guide.objects.count() == 3
    assert migrants.questions.count() == 1


def test_questions_in_easy_words_are_short():
    for standard in standard_guides.standards():
        for question in standard["questions"]:
            for text in question["texts"].values():
                assert len(text.split()) <= 15


def test_the_manager_writes_a_guide(as_user, manager):
    client = as_user(manager)

    answer = client.post(reverse("guide_new"), {"name": "Short talk", "voice": "mentor"})

    guide = Guide.objects.get(name="Short talk")
    assert answer.url == reverse("guide_detail", args=[guide.pk])
    client.post(
        reverse("guide_question_new", args=[guide.pk]), {"text": "What helped?", "minutes": "10"}
    )
    assert asked(guide) == ["What helped?"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "voice": "mentor"}, "name"),
        ({"name": "x" * 201, "voice": "mentor"}, "name"),
        ({"name": "A", "voice": "ghost"}, "voice"),
        ({"name": "Talk with mentors", "voice": "mentor"}, "name"),
    ],
)
def test_a_guide_that_cannot_be_is_refused_beside_the_field(as_user, manager, sent, field):
    page = as_user(manager).post(reverse("guide_new"), sent)

    assert field in page.context["form"].errors


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "", "minutes": "5"},
        {"text": "😀" * 10_000, "minutes": "5"},
        {"text": "Fine?", "minutes": "0"},
        {"text": "Fine?", "minutes": "ten"},
    ],
)
def test_a_question_that_cannot_be_is_refused(as_user, manager, sent):
    guide = world.guide()

    page = as_user(manager).post(reverse("guide_question_new", args=[guide.pk]), sent)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert guide.questions.count() == 2


def test_a_guide_has_a_limit_of_questions(manager):
    guide = world.guide("migrant", *[f"Question {n}?" for n in range(20)])

    with pytest.raises(guide_questions.TooMany):
        guide_questions.add(guide_id=guide.pk, text="More?", minutes=5, by=manager, at=make.NOW)


def test_questions_move_and_go(as_user, manager):
    guide, client = world.guide("migrant", "A?", "B?", "C?"), as_user(manager)
    first, _second, third = guide.questions.all()

    client.post(reverse("guide_question_move", args=[third.pk]), {"direction": "up"})
    assert asked(guide) == ["A?", "C?", "B?"]
    client.post(reverse("guide_question_move", args=[first.pk]), {"direction": "up"})
    assert asked(guide) == ["A?", "C?", "B?"]
    client.post(reverse("guide_question_delete", args=[first.pk]))
    assert [(q.position, q.said("en")) for q in guide.questions.all()] == [(1, "C?"), (2, "B?")]


def test_other_english_words_take_the_translations_away(as_user, manager):
    question = world.guide("migrant", "A?").questions.get()
    question.texts["ar"] = "ا؟"
    question.save()
    url = reverse("guide_question_edit", args=[question.pk])

    as_user(manager).post(url, {"text": "A?", "minutes": "9"})
    question.refresh_from_db()
    assert (question.minutes, question.texts) == (9, {"en": "A?", "ar": "ا؟"})
    as_user(manager).post(url, {"text": "B?", "minutes": "9"})

    question.refresh_from_db()
    assert question.texts == {"en": "B?"}


def test_two_who_edit_a_question_meet(as_user, manager):
    question = world.guide("migrant", "A?").questions.get()
    client, url = as_user(manager), reverse("guide_question_edit", args=[question.pk])
    seen = client.get(url).context["seen"]
    client.post(url, {"text": "B?", "minutes": "5", "seen": seen})

    page = client.post(url, {"text": "C?", "minutes": "5", "seen": seen})

    assert page.status_code == 409
    assert [(row["stored"], row["typed"]) for row in page.context["rows"]] == [("B?", "C?")]


def test_two_who_rename_a_guide_meet(as_user, manager):
    guide, client = world.guide(), as_user(manager)
    url = reverse("guide_edit", args=[guide.pk])
    seen = client.get(url).context["seen"]
    client.post(url, {"name": "One", "voice": "migrant", "seen": seen})

    page = client.post(url, {"name": "Two", "voice": "migrant", "seen": seen})

    assert page.status_code == 409


def test_a_coordinator_translates_and_gaps_are_told(as_user, coordinator):
    guide = world.guide("migrant", "A?", "B?")
    first, second = guide.questions.all()
    client, url = as_user(coordinator), reverse("guide_words", args=[guide.pk]) + "?language=ar"
    seen = client.get(url).context["seen"]

    client.post(url, {f"words_{first.pk}": "ا؟", f"words_{second.pk}": "", "seen": seen})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.texts["ar"], "ar" in second.texts) == ("ا؟", False)
    page = client.get(reverse("guide_detail", args=[guide.pk]))
    arabic = next(row for row in page.context["languages"] if row.code == "ar")
    assert (arabic.done, arabic.missing) == (1, 1)
    assert 'dir="rtl"' in page.text
    assert ", Arabic" in page.context["rows"][1].gaps
    assert "Arabic" not in page.context["rows"][0].gaps


def test_two_who_translate_the_same_language_meet(as_user, coordinator):
    guide = world.guide("migrant", "A?")
    question = guide.questions.get()
    client, url = as_user(coordinator), reverse("guide_words", args=[guide.pk]) + "?language=bg"
    seen = client.get(url).context["seen"]
    client.post(url, {f"words_{question.pk}": "Първо?", "seen": seen})

    page = client.post(url, {f"words_{question.pk}": "Второ?", "seen": seen})

    assert page.status_code == 409
    assert page.context["rows"][0]["stored"] == "Първо?"


@pytest.mark.parametrize("language", ["en", "xx", ""])
def test_a_language_that_is_none_is_a_bad_request(as_user, coordinator, language):
    url = reverse("guide_words", args=[world.guide().pk])

    assert as_user(coordinator).get(url, {"language": language}).status_code == 400


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PROJECT_MANAGER])
def test_only_the_manager_writes_guides(role):
    guide, by = world.guide(), make.user(role)
    question = guide.questions.first()

    for refused in (
        lambda: guides.create(name="A", voice="mentor", by=by, at=make.NOW),
        lambda: guides.revise(guide_id=guide.pk, by=by, at=make.NOW),
        lambda: guides.retire(guide_id=guide.pk, retired=True, by=by, at=make.NOW),
        lambda: guides.mark_piloted(guide_id=guide.pk, piloted=True, by=by, at=make.NOW),
        lambda: guide_questions.delete(question_id=question.pk, by=by, at=make.NOW),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_guide_that_a_group_uses_is_kept_as_it_is(manager):
    guide = used(world.guide("migrant", "A?", "B?"))
    first = guide.questions.first()
    deed = {"by": manager, "at": make.NOW}

    for refused in (
        lambda: guides.change(guide_id=guide.pk, name="B", voice="mentor", seen="", **deed),
        lambda: guide_questions.add(guide_id=guide.pk, text="C?", minutes=5, **deed),
        lambda: guide_questions.change(question_id=first.pk, text="C?", minutes=5, seen="", **deed),
        lambda: guide_questions.move(question_id=first.pk, up=False, **deed),
        lambda: guide_questions.delete(question_id=first.pk, **deed),
    ):
        with pytest.raises(guides.Frozen):
            refused()
    assert asked(guide) == ["A?", "B?"]


def test_of_a_used_guide_gaps_are_filled_and_words_that_were_read_stay(coordinator):
    guide = world.guide("migrant", "A?", "B?")
    first, second = guide.questions.all()
    first.texts["ar"] = "ا؟"
    first.save()
    used(guide)
    deed = {"guide_id": guide.pk, "language": "ar", "seen": "", "by": coordinator, "at": make.NOW}

    guide_questions.translate(texts={first.pk: "ا؟", second.pk: "ب؟"}, **deed)
    with pytest.raises(guides.Frozen):
        guide_questions.translate(texts={first.pk: "ت؟", second.pk: "ب؟"}, **deed)

    words = [q.texts["ar"] for q in GuideQuestion.objects.filter(guide=guide)]
    assert words == ["ا؟", "ب؟"]


def test_a_revision_is_a_copy_to_be_edited(as_user, manager):
    guide = used(world.guide("migrant", "A?"))

    as_user(manager).post(reverse("guide_revise", args=[guide.pk]))

    new = Guide.objects.get(name=guide.name, revision=2)
    assert (asked(new), new.frozen_at) == (["A?"], None)
    assert list(guides.offered().filter(name=guide.name)) == [new]


def test_a_retired_guide_is_not_offered(as_user, manager):
    guide, client = world.guide(), as_user(manager)
    url = reverse("guide_retire", args=[guide.pk])

    client.post(url, {"retired": "1"})
    assert guide not in guides.offered()
    client.post(url, {"retired": ""})
    assert guide in guides.offered()


def test_it_is_noted_that_a_guide_was_tried_out(as_user, manager):
    guide, client = world.guide(), as_user(manager)

    client.post(reverse("guide_piloted", args=[guide.pk]), {"piloted": "1"})

    assert "tried out before" in client.get(reverse("guide_detail", args=[guide.pk])).text


def test_a_guide_prints_in_the_chosen_language(as_user, coordinator):
    guide = Guide.objects.get(name="Talk with migrants")

    page = as_user(coordinator).get(reverse("guide_print", args=[guide.pk]), {"language": "ar"})

    assert '<ol class="guide-paper" dir="rtl">' in page.text
    assert "ما فائدة هذا؟" in page.text


def test_the_list_asks_as_much_for_three_guides_more(
    as_user, coordinator, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(coordinator)
    client.get(reverse("guide_list"))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("guide_list"))
    for _ in range(3):
        used(world.guide())

    with django_assert_num_queries(len(captured)):
        client.get(reverse("guide_list"))


def test_a_question_that_people_answered_is_not_deleted(manager):
    group = world.group()
    question = world.quote(world.participant(group)).question

    with pytest.raises(guides.Frozen):
        guide_questions.delete(question_id=question.pk, by=manager, at=make.NOW)

    assert GuideQuestion.objects.filter(pk=question.pk).exists()
