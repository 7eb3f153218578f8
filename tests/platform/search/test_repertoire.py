"""The words, methods, templates and practices a community shares, and what members learned."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cop_platform import learning
from experts import reference
from experts.enums import Role
from materials.models import SearchText
from sessions.enums import Answer, Duty
from sessions.models import DutyHolder
from tests import factories as make
from tests.feedback import world as reviews
from tests.practices import stories_world

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def ended(title: str, person, *, minutes: int = 90, **invited):
    """A session of a week ago that this person was invited to."""
    session = make.cop_session(title=title)
    invitation = make.invitation(session, person)
    invitation.answer, invitation.answered_at = invited.get("answer", Answer.YES), make.NOW
    invitation.save(update_fields=["answer", "answered_at"])
    start = timezone.now() - 7 * DAY
    type(session).objects.filter(pk=session.pk).update(
        starts_at=start, ends_at=start + timedelta(minutes=minutes), minutes=minutes
    )
    return session


def test_domain_6_a_new_term_is_explained_in_documents_and_found_in_all_project_languages(as_user):
    words = {code: f"begriff{code}x" for code, _name in settings.PROJECT_LANGUAGES if code != "en"}
    make.term("lantern", "A light you carry.", **words)
    version = make.version()
    SearchText.objects.filter(version=version).update(words="card\nhold the lantern high")
    client = as_user(make.user(Role.PROJECT_MANAGER))
    tooltip = client.get(reverse("version_words", args=[version.pk])).content.decode()
    assert "A light you carry." in tooltip
    for word in words.values():
        page = client.get(reverse("repertoire"), {"q": word}).content.decode()
        assert "lantern" in page
        everything = client.get(reverse("search"), {"q": word}).content.decode()
        assert "lantern" in everything


def test_the_repertoire_holds_words_methods_and_templates(as_user):
    make.term("lantern", bg="фенер")
    page = as_user(make.user()).get(reverse("repertoire")).content.decode()
    for shared in ("lantern", "фенер", "Peer assist", "Kick-off"):
        assert shared in page
    narrowed = as_user(make.user()).get(reverse("repertoire"), {"q": "kick"}).content.decode()
    assert "Kick-off" in narrowed
    assert "Peer assist" not in narrowed


def test_stories_stand_there_with_their_number_and_the_newest_first(as_user):
    older = stories_world.story(title="The old bakery")
    newer = stories_world.story(title="The telephone", told_on=older.told_on + DAY)
    client = as_user(make.user())
    page = client.get(reverse("repertoire")).content.decode()
    assert 'Stories <span class="quiet">2</span>' in page
    assert page.index(newer.title) < page.index(older.title)
    narrowed = client.get(reverse("repertoire"), {"q": "bakery"}).content.decode()
    assert newer.title not in narrowed


def test_a_clip_is_found_everywhere_by_a_word_of_it_in_another_language(as_user):
    make.term("lantern", bg="фенер")
    told = stories_world.clip(stories_world.story("IT", text="She carried a lantern home."))
    client = as_user(make.user())
    for page in ("search", "repertoire"):
        assert told.get_absolute_url() in client.get(reverse(page), {"q": "фенер"}).content.decode()


def test_rubrics_stand_there_for_those_whose_pages_of_them_open(as_user):
    reviews.rubric("Cards of 2026")
    coordinator = as_user(make.user(Role.COORDINATOR)).get(reverse("repertoire"))
    expert = as_user(make.user(Role.EXPERT)).get(reverse("repertoire"))
    assert "Cards of 2026" in coordinator.content.decode()
    assert "Cards of 2026" not in expert.content.decode()


def test_more_terms_cost_no_more_queries(as_user):
    client, counts = as_user(make.user()), []
    reference.countries()
    for terms in (["one"], ["two", "three"]):
        for word in terms:
            make.term(word)
            stories_world.story(title=word)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("repertoire"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_domain_14_certificate_hours_are_minutes_divided_by_sixty(as_user):
    user = make.user()
    ended("Evening", user.person, minutes=90)
    ended("Morning", user.person, minutes=50)
    ended("Declined", user.person, answer=Answer.NO)
    make.invitation(make.cop_session(title="Still to come"), user.person)
    page = as_user(user).get(reverse("my_learning")).content.decode()
    assert "2 sessions you said yes to or led, 2.33 hours." in page
    assert "Declined" not in page
    assert "Still to come" not in page
    assert "Attendance is not recorded yet" in page


@pytest.mark.parametrize(("minutes", "said"), [(0, "0"), (60, "1"), (90, "1.5"), (50, "0.83")])
def test_hours_are_said_shortly(minutes, said):
    assert learning.hours(minutes) == said


def test_leading_a_session_counts_once_by_its_part(as_user):
    user = make.user()
    session = ended("Evening", user.person)
    DutyHolder.objects.create(session=session, person=user.person, duty=Duty.FACILITATOR)
    page = as_user(user).get(reverse("my_learning")).content.decode()
    assert page.count("Evening") == 1
    assert "Facilitator" in page


def test_ones_own_review_stands_there_and_nobody_elses(as_user):
    work = make.material(title="Lantern guide", levels=["DigComp 3"])
    found = reviews.review_round(version=make.version(work))
    writer, other = make.user(), make.user()
    assignment = reviews.assigned(found, writer.person)
    type(assignment).objects.filter(pk=assignment.pk).update(submitted_on=make.NOW.date())
    page = as_user(writer).get(reverse("my_learning")).content.decode()
    assert "Lantern guide" in page
    assert "DigComp 3" in page
    assert reverse("review_certificate", args=[assignment.pk]) in page
    assert "Lantern guide" not in as_user(other).get(reverse("my_learning")).content.decode()


def test_domain_14_the_verify_link_of_a_credential_is_valid(as_user, client):
    user = make.user()
    credential = reviews.credential(user.person)
    url = reverse("verify_credential", args=[credential.key])
    assert url in as_user(user).get(reverse("my_learning")).content.decode()
    assert client.get(url).status_code == 200


def test_the_table_says_the_same_and_no_cell_is_a_formula(as_user):
    user = make.user()
    ended("=SUM(A1)", user.person, minutes=90)
    answer = as_user(user).get(reverse("my_learning_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Kind", "Day", "What", "Your part", "Hours", "Levels", "Competences"]
    assert rows[1][2:5] == ["'=SUM(A1)", "Said yes", "1.5"]


def test_more_entries_cost_no_more_queries(as_user):
    user = make.user()
    client, counts = as_user(user), []
    reference.countries()
    for number in (1, 2):
        for n in range(number):
            ended(f"Evening {number} {n}", user.person)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("my_learning"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
