"""A case is the asker's alone until the details are out of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common.needs import told
from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.revisions import ChangedMeanwhile
from experts.enums import Role
from experts.models import Message
from practices.domain import contributing
from practices.domain.questions import asking, needs, removing
from practices.models import Question
from tests import factories as make
from tests.practices import world
from tests.practices.questions import cases

pytestmark = pytest.mark.django_db

SECRET = "Petrova"


def check_page(question):
    return reverse("question_check", args=[question.pk])


def decisions(question, way="mask", **more):
    """What the browser sends when every mark gets the same decision."""
    marks = removing.marks(question)
    ways = {f"way{mark.number}": way for mark in marks}
    return {"revision": question.revision, "read": "on"} | ways | more


def test_the_form_keeps_a_draft_and_goes_on_to_the_details(as_user):
    asker = world.member()

    answered = as_user(asker.user).post(reverse("question_new"), cases.typed())

    question = Question.objects.get()
    assert answered.url == check_page(question)
    assert (question.asked_by, question.country) == (asker, asker.country)
    assert question.checked_at is None


def test_what_the_form_does_not_ask_for_is_ignored(as_user):
    asker, other = world.member(), world.member("IT")
    more = {"asked_by": other.pk, "country": other.country_id, "checked_at": "2026-11-24"}

    as_user(asker.user).post(reverse("question_new"), cases.typed(**more))

    question = Question.objects.get()
    assert (question.asked_by, question.country) == (asker, asker.country)
    assert question.checked_at is None


def test_nothing_typed_is_lost_when_the_form_is_wrong(as_user):
    page = as_user(world.member().user).post(reverse("question_new"), cases.typed(title=""))

    assert page.status_code == 200
    assert SECRET in page.content.decode()
    assert Question.objects.count() == 0


def test_the_platform_admin_asks_nothing():
    with pytest.raises(Refused):
        asking.ask(words=cases.words(), by=make.user(Role.PLATFORM_ADMIN), at=make.NOW)


@pytest.mark.parametrize("role", list(Role))
def test_an_unchecked_question_is_invisible_to_everybody_else(as_user, role):
    question = cases.draft()
    user = make.user(role)
    client = as_user(user)

    pages = [
        client.get(reverse("question_list")),
        client.get(reverse("question_list"), {"q": SECRET}),
        client.get(reverse("question_list"), {"state": "draft"}),
        client.get(reverse("today")),
    ]

    assert client.get(question.get_absolute_url()).status_code == 404
    assert not [page for page in pages if question.title in page.content.decode()]
    assert not [page for page in pages if "no papers of her" in page.content.decode()]
    assert [page.context["page_obj"].paginator.count for page in pages[:3]] == [0, 0, 0]
    assert list(told([needs.of], user, timezone.now())) == []
    assert Message.objects.count() == 0


def test_a_draft_is_in_no_stream_and_in_no_choice_of_the_filter(as_user):
    question = cases.draft()
    world.answer(question)
    span = contributing.Span(make.NOW, make.NOW + cases.DAY)

    assert [one for one in contributing.of(span) if question.title in one.title] == []
    page = as_user(make.user()).get(reverse("question_list"))
    assert page.context["form"].fields["topic"].choices == [("", "All topics")]


def test_names_and_telephones_are_marked_with_what_takes_their_place(as_user):
    question = cases.draft()

    page = as_user(question.asked_by.user).get(check_page(question))

    shown = [(mark.typed, mark.instead) for mark in removing.marks(question)]
    assert ("Maria Petrova", "[name]") in shown
    assert any(instead == "[telephone]" for _typed, instead in shown)
    assert page.content.decode().count('<mark class="detail"') == 2 * len(shown)


def test_every_text_of_the_case_is_gone_through():
    question = cases.draft(
        title="What does Maria Petrova need?",
        tried="I rang +359 88 123 4567.",
        wanted="Write to maria@example.org",
    )

    found = {part.name: len(part.marks) for part in removing.parts(question)}

    assert set(found) == {"title", "situation", "tried", "wanted"}
    assert min(found.values()) >= 1


def test_masked_kept_and_written_anew_as_the_asker_says(as_user):
    question = cases.draft()
    name, telephone = removing.marks(question)
    client = as_user(question.asked_by.user)
    sent = decisions(question, "mask") | {
        f"way{name.number}": "write",
        f"words{name.number}": "A nurse",
        f"way{telephone.number}": "keep",
    }

    answered = client.post(check_page(question), sent)

    question.refresh_from_db()
    assert answered.url == reverse("question_route", args=[question.pk])
    assert question.situation == cases.MARIA.replace("Maria Petrova", "A nurse")
    assert question.checked_at is not None


def test_after_the_details_are_out_every_member_reads_it(as_user):
    question = cases.draft()
    as_user(question.asked_by.user).post(check_page(question), decisions(question))

    page = as_user(make.user(code="IT")).get(question.get_absolute_url()).content.decode()

    assert "[name] has no papers" in page
    assert SECRET not in page


def test_it_must_be_read_once_more_before_it_opens(as_user):
    question = cases.draft()
    sent = {key: value for key, value in decisions(question).items() if key != "read"}

    page = as_user(question.asked_by.user).post(check_page(question), sent)

    question.refresh_from_db()
    assert question.checked_at is None
    assert "Read it once more, and say so here." in page.content.decode()


def test_other_words_must_be_written_where_they_are_chosen(as_user):
    question = cases.draft()

    page = as_user(question.asked_by.user).post(check_page(question), decisions(question, "write"))

    question.refresh_from_db()
    assert question.checked_at is None
    assert "Write what stands there instead, or choose another." in page.content.decode()


def test_details_of_an_older_text_are_not_applied_to_a_newer_one():
    question = cases.draft()
    deed = {"question_id": question.pk, "by": question.asked_by.user, "at": make.NOW}
    asking.change(revision=1, words=cases.words(situation="Ivan Ivanov came."), **deed)

    with pytest.raises(ChangedMeanwhile):
        removing.finish(revision=1, said={}, **deed)

    question.refresh_from_db()
    assert (question.checked_at, question.situation) == (None, "Ivan Ivanov came.")


def test_a_question_that_grew_too_long_stays_a_draft():
    question = cases.draft(title="Maria Petrova " + "a" * 180)
    said = {removing.marks(question)[0].number: "b" * 60}

    with pytest.raises(NotPossible, match="too long"):
        removing.finish(
            question_id=question.pk,
            revision=1,
            said=said,
            by=question.asked_by.user,
            at=make.NOW,
        )

    question.refresh_from_db()
    assert question.checked_at is None


def test_only_the_asker_takes_details_out():
    question = cases.draft()

    with pytest.raises(Refused):
        removing.finish(question_id=question.pk, revision=1, said={}, by=make.user(), at=make.NOW)


def test_two_windows_of_the_same_draft_lose_nothing(as_user):
    question = cases.draft()
    client = as_user(question.asked_by.user)
    address = reverse("question_edit", args=[question.pk])
    client.post(address, cases.typed(situation="The first window.", revision=1))

    page = client.post(address, cases.typed(situation="The second window.", revision=1))

    assert page.status_code == 409
    assert {"The first window.", "The second window."} <= {
        row[side] for row in page.context["rows"] for side in ("stored", "typed")
    }
    assert page.context["revision"] == 2


def test_a_changed_question_is_hidden_until_it_is_gone_through_again():
    question = world.question()
    asking.change(
        question_id=question.pk,
        revision=1,
        words=cases.words(),
        by=question.asked_by.user,
        at=make.NOW,
    )

    assert not Question.objects.visible_to(make.user()).exists()


def test_what_others_answered_is_not_changed_under_them():
    question = world.question()
    world.answer(question)

    with pytest.raises(NotPossible, match="Others read it already"):
        asking.change(
            question_id=question.pk,
            revision=1,
            words=cases.words(),
            by=question.asked_by.user,
            at=make.NOW,
        )


def test_a_draft_is_thrown_away_and_an_open_question_is_not():
    mine, opened = cases.draft(), world.question()
    asking.throw_away(question_id=mine.pk, by=mine.asked_by.user, at=make.NOW)

    with pytest.raises(NotPossible):
        asking.throw_away(question_id=opened.pk, by=opened.asked_by.user, at=make.NOW)

    assert list(Question.objects.all()) == [opened]


def test_an_unfinished_question_waits_on_today_for_its_asker():
    question = cases.draft()

    (need,) = told([needs.of], question.asked_by.user, make.NOW)

    assert need.url == check_page(question)


def test_a_bomb_of_links_is_refused_beside_the_field_and_not_lost(as_user):
    bomb = " ".join(f"https://{n}.example.org" for n in range(4))
    client = as_user(world.member().user)

    page = client.post(reverse("question_new"), cases.typed(situation=bomb))

    assert page.context["form"].errors["situation"]
    assert bomb in page.content.decode()
    assert not Question.objects.exists()


def test_the_same_case_a_third_time_within_an_hour_is_refused():
    asker = world.member()
    deed = {"words": cases.words(), "by": asker.user}
    for _twice in range(2):
        asking.ask(at=make.NOW, **deed)

    with pytest.raises(NotPossible):
        asking.ask(at=make.NOW + 59 * cases.HOUR / 60, **deed)
    asking.ask(at=make.NOW + 2 * cases.HOUR, **deed)
