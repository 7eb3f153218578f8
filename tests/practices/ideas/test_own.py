"""What authors do with ideas of their own: other words, something added, withdrawn and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from cop_platform.common.revisions import ChangedMeanwhile
from practices.domain.ideas import own, voting
from practices.domain.ideas.submitting import NewIdea
from practices.models import Idea
from tests import factories as make
from tests.practices import world

pytestmark = pytest.mark.django_db

NEW = NewIdea("Evening hour", "For people on shifts.")


def test_an_author_words_an_idea_anew(as_user):
    idea = world.idea(title="Evning hour")
    client = as_user(idea.author.user)

    client.post(
        reverse("idea_edit", args=[idea.pk]),
        {"title": NEW.title, "text": NEW.text, "revision": idea.revision},
    )

    idea.refresh_from_db()
    assert (idea.title, idea.text, idea.revision) == (NEW.title, NEW.text, 2)


def _answered(idea: Idea) -> None:
    Idea.objects.filter(pk=idea.pk).update(answered_on=world.DAY, answer="Good.")


def _voted(idea: Idea) -> None:
    voting.vote(idea_id=idea.pk, by=make.user(), at=make.NOW)


@pytest.mark.parametrize("build", [_answered, _voted, world.experiment])
def test_once_others_built_on_it_the_words_stand_and_a_note_is_added(as_user, build):
    idea = world.idea(title="Evening hour")
    build(idea)
    author = idea.author.user

    for deed in (
        lambda: own.change(
            idea_id=idea.pk, revision=idea.revision, new=NEW, by=author, at=make.NOW
        ),
        lambda: own.withdraw(idea_id=idea.pk, by=author, at=make.NOW),
    ):
        idea.refresh_from_db()
        with pytest.raises(own.Stands):
            deed()
    client = as_user(author)
    assert client.get(reverse("idea_edit", args=[idea.pk])).url == reverse(
        "idea_note", args=[idea.pk]
    )
    for _time in range(2):
        client.post(reverse("idea_note", args=[idea.pk]), {"text": "Also on Fridays."})

    assert [note.text for note in idea.notes.all()] == ["Also on Fridays."]
    assert "Also on Fridays." in as_user(make.user()).get(idea.get_absolute_url()).content.decode()


def test_two_windows_meet_in_a_conflict_that_loses_nothing(as_user):
    idea = world.idea(title="First")
    own.change(idea_id=idea.pk, revision=1, new=NEW, by=idea.author.user, at=make.NOW)
    client, url = as_user(idea.author.user), reverse("idea_edit", args=[idea.pk])

    page = client.post(url, {"title": "Mine", "text": "", "revision": 1})

    assert page.status_code == 409
    assert "Evening hour" in page.content.decode()
    assert "Mine" in page.content.decode()
    with pytest.raises(ChangedMeanwhile):
        own.change(idea_id=idea.pk, revision=1, new=NEW, by=idea.author.user, at=make.NOW)
    client.post(url, {"title": "Mine", "text": "", "revision": 2})
    assert Idea.objects.get().title == "Mine"


def test_a_withdrawn_idea_is_its_authors_alone_and_comes_back(as_user):
    idea = world.idea(title="Lantern walk")
    author, other = as_user(idea.author.user), as_user(make.user())

    author.post(reverse("idea_withdraw", args=[idea.pk]))

    assert other.get(idea.get_absolute_url()).status_code == 404
    assert "Lantern walk" not in other.get(reverse("idea_list"), {"show": "all"}).content.decode()
    assert not Idea.objects.unanswered().exists()
    assert "Bring it back" in author.get(idea.get_absolute_url()).content.decode()
    for _time in range(2):
        author.post(reverse("idea_bring_back", args=[idea.pk]))
    assert other.get(idea.get_absolute_url()).status_code == 200
    assert Idea.objects.unanswered().exists()


def test_nobody_else_changes_or_withdraws_it():
    idea, other = world.idea(), make.user()

    for deed in (own.withdraw, own.bring_back):
        with pytest.raises(Refused):
            deed(idea_id=idea.pk, by=other, at=make.NOW)
    with pytest.raises(Refused):
        own.add_note(idea_id=idea.pk, text="Mine", by=other, at=make.NOW)


def test_what_was_withdrawn_goes_after_thirty_days():
    kept, gone = world.idea(), world.idea()
    for idea, days in ((kept, 30), (gone, 31)):
        day = make.NOW.date() - timedelta(days=days)
        Idea.objects.filter(pk=idea.pk).update(withdrawn_on=day)

    assert [own.clear(make.NOW), own.clear(make.NOW)] == [1, 0]
    assert list(Idea.objects.all()) == [kept]
