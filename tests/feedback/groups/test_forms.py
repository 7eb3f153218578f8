"""Forms and their questions: made from templates, changed until somebody answers, then kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from cop_platform.common.refusals import Refused
from cop_platform.common.revisions import ChangedMeanwhile
from experts.enums import Role
from feedback.focus_groups.domain.easy import (
    editing,
    form_links,
    listed,
    questions,
    rules,
    standard_questions,
)
from feedback.focus_groups.domain.easy.editing import FormPlan
from feedback.focus_groups.enums import AnswerKind
from feedback.focus_groups.models import EasyForm
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def plan(**more) -> FormPlan:
    values = {
        "title": "About the guide",
        "voice": "migrant",
        "version": None,
        "languages": ["bg", "ar"],
        "opens_on": DAY,
        "closes_on": DAY + timedelta(days=20),
    }
    return FormPlan(**values | more)


def made(template: str = "migrants", **more) -> EasyForm:
    by = world.host()
    return editing.create(
        country=make.country("BG"), template=template, plan=plan(**more), by=by, at=make.NOW
    )


@pytest.mark.parametrize("key", standard_questions.TEMPLATES)
def test_a_template_is_said_in_every_language_of_the_project(key):
    template = standard_questions.TEMPLATES[key]
    codes = {code for code, _name in settings.PROJECT_LANGUAGES}

    for words, _kind in template.questions:
        said = standard_questions.said(words)
        assert set(said) == codes
        assert all(text.strip() for text in said.values())


def test_a_form_from_a_template_has_its_questions_in_order():
    form = made("platform")

    rows = list(form.questions.all())
    assert [row.scale_item for row in rows[:10]] == list(standard_questions.SUS)
    assert [row.position for row in rows] == list(range(1, 13))
    assert form.kind == "survey"


def test_an_empty_form_asks_nothing():
    assert list(made("").questions.all()) == []


def test_a_form_of_another_country_is_made_by_nobody_from_here():
    with pytest.raises(Refused):
        editing.create(
            country=make.country("IT"), template="", plan=plan(), by=world.host(), at=make.NOW
        )


def test_questions_change_place_and_close_gaps():
    form, by = made(), world.host()
    first, second, *_rest = form.questions.all()

    questions.move(question_id=first.pk, up=False, by=by, at=make.NOW)
    questions.delete(question_id=second.pk, by=by, at=make.NOW)

    assert [row.position for row in form.questions.all()] == [1, 2, 3, 4]
    assert form.questions.first() == first


def test_other_words_lose_translations_and_recordings_of_the_old_ones():
    form, by = made(), world.host()
    sound = world.audio(form)
    question = form.questions.first()

    questions.change(
        question_id=question.pk, kind=AnswerKind.THUMBS, text="Was it good?", by=by, at=make.NOW
    )

    question.refresh_from_db()
    assert question.texts == {"en": "Was it good?"}
    assert not default_storage.exists(sound.file.name)


def test_another_way_to_answer_keeps_the_translations():
    form, by = made(), world.host()
    question = form.questions.first()

    questions.change(
        question_id=question.pk,
        kind=AnswerKind.THUMBS,
        text=question.said("en"),
        by=by,
        at=make.NOW,
    )

    question.refresh_from_db()
    assert (question.kind, "ar" in question.texts) == ("thumbs", True)


@pytest.mark.parametrize(
    ("deed", "more"),
    [
        (questions.add, {"kind": "faces", "text": "More?"}),
        (questions.change, {"kind": "faces", "text": "Other?"}),
        (questions.move, {"up": False}),
        (questions.delete, {}),
    ],
)
def test_questions_that_were_answered_stay(deed, more):
    form, by = made(), world.host()
    world.response(form, 4)
    question = form.questions.first()
    key = {"form_id": form.pk} if deed is questions.add else {"question_id": question.pk}

    with pytest.raises(rules.Answered):
        deed(**key, **more, by=by, at=make.NOW)


def test_a_gap_is_filled_after_answers_but_words_stay():
    form, by = made(), world.host()
    question = form.questions.first()
    question.texts.pop("so")
    question.save()
    world.response(form, 4)
    who = {"form_id": form.pk, "by": by, "at": make.NOW}

    questions.translate(language="so", texts={question.pk: "Sidee?"}, **who)
    with pytest.raises(rules.Answered):
        questions.translate(language="ar", texts={question.pk: "Other?"}, **who)

    question.refresh_from_db()
    assert question.texts["so"] == "Sidee?"


def test_a_form_has_so_many_questions_and_no_more():
    form, by = made(""), world.host()
    for number in range(questions.MAX_QUESTIONS):
        questions.add(form_id=form.pk, kind="faces", text=f"{number}?", by=by, at=make.NOW)

    with pytest.raises(questions.TooMany):
        questions.add(form_id=form.pk, kind="faces", text="One more?", by=by, at=make.NOW)


def test_a_copy_asks_the_same_and_can_be_changed():
    form, by = made(), world.host()
    world.response(form, 4)

    copy = editing.copy(form_id=form.pk, by=by, at=make.NOW)

    assert [q.texts for q in copy.questions.all()] == [q.texts for q in form.questions.all()]
    assert copy.closes_on - copy.opens_on == form.closes_on - form.opens_on
    questions.add(form_id=copy.pk, kind="faces", text="More?", by=by, at=make.NOW)


def test_a_copy_is_read_aloud_by_sounds_of_its_own():
    form, by = made(), world.host()
    sound = world.audio(form)

    copy = editing.copy(form_id=form.pk, by=by, at=make.NOW)
    editing.delete(form_id=form.pk, by=by, at=make.NOW)

    (kept,) = copy.questions.first().audio.all()
    assert (kept.language, kept.sha256) == (sound.language, sound.sha256)
    assert default_storage.exists(kept.file.name)


def test_a_closed_form_takes_no_answers_from_that_moment():
    form, by = made(), world.host()
    at = make.NOW
    assert listed.state(form, at) is listed.State.OPEN

    closed = editing.close(form_id=form.pk, by=by, at=at)

    assert listed.state(closed, at) is listed.State.CLOSED
    assert editing.close(form_id=form.pk, by=by, at=at).revision == closed.revision


def test_links_that_were_called_back_are_worthless():
    form = made()
    old = form_links.address(form).split("/")[3]

    editing.call_back(form_id=form.pk, by=world.host(), at=make.NOW)

    form.refresh_from_db()
    assert form_links.find(old) is None
    assert form_links.find(form_links.address(form).split("/")[3]) == form


def test_an_answered_form_keeps_its_version_and_changes_its_days():
    form, by = made(), world.host()
    world.response(form, 4)
    version = make.version()

    with pytest.raises(rules.Answered):
        editing.change(form_id=form.pk, plan=plan(version=version), by=by, at=make.NOW)
    changed = editing.change(
        form_id=form.pk, plan=plan(closes_on=DAY + timedelta(days=40)), by=by, at=make.NOW
    )

    assert changed.closes_on == DAY + timedelta(days=40)


def test_who_saves_second_is_told():
    form, by = made(), world.host()
    seen = editing.seen_of(form)
    editing.change(form_id=form.pk, plan=plan(title="First"), seen=seen, by=by, at=make.NOW)

    with pytest.raises(ChangedMeanwhile):
        editing.change(form_id=form.pk, plan=plan(title="Second"), seen=seen, by=by, at=make.NOW)

    form.refresh_from_db()
    assert form.title == "First"


def test_an_answered_form_is_not_deleted_and_an_empty_one_goes_with_its_sounds():
    answered, empty, by = made(), made(), world.host()
    world.response(answered, 4)
    sound = world.audio(empty)

    with pytest.raises(rules.Answered):
        editing.delete(form_id=answered.pk, by=by, at=make.NOW)
    editing.delete(form_id=empty.pk, by=by, at=make.NOW)

    assert list(EasyForm.objects.all()) == [answered]
    assert not default_storage.exists(sound.file.name)


def test_the_project_manager_runs_forms_everywhere():
    manager = make.user(Role.PROJECT_MANAGER)
    form = made()

    assert editing.copy(form_id=form.pk, by=manager, at=make.NOW).country == form.country
