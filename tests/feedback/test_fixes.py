"""The next round opens with one's own remarks, the answers to them, and "fixed?" in one click."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import carrying, desk, earlier, fixes, rounds
from feedback.reviews.enums import Fixed, Mark, Phase, Voice
from feedback.reviews.models import FixCheck, Reply, ReviewRound, RoundResponse
from tests import factories as make
from tests.feedback import world
from tests.materials import drawings

pytestmark = pytest.mark.django_db

CLOSED = "This review round is closed. Your draft is kept here for you."

FIRST = "The mentor listens first. The form asks for a photo. Sign the page about consent."
SECOND = "The mentor listens first. The form asks for no photo any more. Then both go home."


class Rounds:
    """A closed round of three reviewers on a first version, and the next one on a second."""

    def __init__(self) -> None:
        self.first = world.version()
        drawings.ready(self.first, FIRST)
        self.people = [make.person() for _n in range(3)]
        self.coordinator = make.user(Role.COORDINATOR)
        self.before = world.review_round(version=self.first, by=self.coordinator)
        self.reviews = [
            world.answered(self.before, person, "1", comment="Say it shorter.")
            for person in self.people
        ]
        self.remarks = [
            world.annotation(self.reviews[0], "The mentor listens first.", mark=Mark.PRAISE),
            world.annotation(self.reviews[0], "The form asks for a photo."),
            world.annotation(self.reviews[0], "Sign the page about consent."),
        ]
        self.of_another = world.annotation(self.reviews[1], "The form asks for a photo.")
        ReviewRound.objects.filter(pk=self.before.pk).update(closed_at=make.NOW)
        self.before.refresh_from_db()
        self.second = make.version(self.first.material)
        drawings.ready(self.second, SECOND)
        carrying.work(version_id=self.second.pk)
        self.round = world.review_round(version=self.second, by=self.coordinator)
        ReviewRound.objects.filter(pk=self.round.pk).update(previous=self.before)
        self.round.refresh_from_db()
        self.mine = world.assigned(self.round, self.people[0])

    def earlier(self, assignment=None, person=None):
        person = person or self.people[0]
        return earlier.of(assignment or self.mine, person.user)

    def check(self, annotation, answer=Fixed.YES, *, person=None, assignment=None, **more):
        person = person or self.people[0]
        return fixes.check(
            assignment_id=(assignment or self.mine).pk,
            annotation_id=annotation.pk,
            answer=answer,
            by=person.user,
            **more,
        )

    def decided(self, kind, key, decision=Decision.ACCEPT, **more):
        values = {
            "material": self.first.material, "version": self.first, "source_kind": kind,
            "source_key": key, "asked": "…", "raised_on": make.NOW.date(), "decision": decision,
            "reason": "The law asks for it no more.", "decided_at": make.NOW,
        }  # fmt: skip
        return ChangeRequest.objects.create(**(values | more))


@pytest.fixture
def two():
    return Rounds()


def said(found) -> dict[str, str]:
    return {remark.quote: remark.stands.label if remark.stands else "" for remark in found.remarks}


def test_lessons_a05_the_next_round_opens_with_own_comments_and_where_they_stand(two):
    found = two.earlier()
    assert found.number == 1
    assert said(found) == {
        "The mentor listens first.": "Still there",
        "The form asks for a photo.": "Changed",
        "Sign the page about consent.": "No longer there",
    }
    assert [comment.text for comment in found.comments] == ["Say it shorter."]
    # What must change comes first, praise last.
    changed = found.remarks[0]
    assert changed.now == "The form asks for no photo any more."
    assert changed.sure == "It is this place; its words are others now."
    assert (found.asked, found.checked) == (2, 0)


def test_lessons_a05_the_answers_stand_beside_them(two):
    two.decided("annotation", two.remarks[1].pk, done_in=two.second)
    whole = two.decided("", None, Decision.DECLINE, reason="Consent is needed.")
    two.decided(
        "annotation", two.remarks[2].pk, Decision.OPEN, reason="", decided_at=None,
        merged_into=whole,
    )  # fmt: skip
    rating = two.reviews[0].ratings.exclude(comment="").get()
    Reply.objects.create(
        rating=rating, voice=Voice.AUTHOR, person=two.first.material.owner, position=1,
        text="We cut it by half.", on=make.NOW.date(),
    )  # fmt: skip
    RoundResponse.objects.create(
        round=two.before, text="Thank you all.", written_by=two.first.material.owner,
        written_at=make.NOW, sent_at=make.NOW,
    )  # fmt: skip
    found = two.earlier()
    assert found.response == "Thank you all."
    accepted, declined = found.remarks[0].answered, found.remarks[1].answered
    assert (accepted.chip.label, accepted.done_in) == ("Accepted", 2)
    assert accepted.reason == "The law asks for it no more."
    assert (declined.chip.label, declined.reason) == ("Declined", "Consent is needed.")
    assert found.remarks[2].answered is None
    assert [(reply.voice, reply.text) for reply in found.comments[0].replies] == [
        ("Author", "We cut it by half.")
    ]


def test_undecided_requests_and_a_response_not_sent_are_no_answers(two):
    two.decided("annotation", two.remarks[1].pk, Decision.OPEN, reason="", decided_at=None)
    RoundResponse.objects.create(
        round=two.before, text="Half a sentence", written_by=two.first.material.owner,
        written_at=make.NOW,
    )  # fmt: skip
    found = two.earlier()
    assert found.remarks[0].answered is None
    assert found.response == ""


def test_somebody_new_sees_nothing_of_it(two, client):
    new = make.person()
    assignment = world.assigned(two.round, new)
    assert two.earlier(assignment, new) is None
    client.force_login(new.user)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "What you said about version" not in page
    assert "form asks for a photo" not in page


def test_nobody_sees_the_remarks_of_another(two):
    other = world.assigned(two.round, two.people[1])
    found = two.earlier(other, two.people[1])
    assert [remark.pk for remark in found.remarks] == [two.of_another.pk]
    with pytest.raises(Refused):
        two.check(two.remarks[1], person=two.people[1], assignment=other)
    with pytest.raises(Refused):
        two.check(two.of_another, person=two.people[1])


def test_without_a_previous_round_ones_own_newest_closed_one_is_found(two):
    ReviewRound.objects.filter(pk=two.round.pk).update(previous=None)
    two.mine.refresh_from_db()
    assert len(two.earlier().remarks) == 3
    ReviewRound.objects.filter(pk=two.before.pk).update(closed_at=None)
    assert two.earlier() is None


def test_a_draft_of_the_round_before_is_not_shown(two):
    person = make.person()
    ReviewRound.objects.filter(pk=two.before.pk).update(closed_at=None)
    unsent = world.assigned(two.before, person)
    world.annotation(unsent, "The form asks for a photo.")
    ReviewRound.objects.filter(pk=two.before.pk).update(closed_at=make.NOW)
    assert two.earlier(world.assigned(two.round, person), person) is None


def test_one_click_is_kept_and_the_next_one_takes_its_place(two):
    two.check(two.remarks[1], Fixed.NO, note="The old form is still on page 4.")
    two.check(two.remarks[1], Fixed.PARTLY)
    two.check(two.remarks[1], Fixed.PARTLY)
    stored = FixCheck.objects.get()
    assert (stored.answer, stored.note) == (Fixed.PARTLY, "The old form is still on page 4.")
    assert two.earlier().checked == 1


def test_nothing_is_taken_in_after_sending_or_after_the_round(two):
    ReviewRound.objects.filter(pk=two.round.pk).update(closed_at=make.NOW)
    with pytest.raises(rounds.RoundClosed):
        two.check(two.remarks[1])
    ReviewRound.objects.filter(pk=two.round.pk).update(closed_at=None)
    world.save(two.mine, two.people[0], world.whole(two.mine))
    desk.submit(assignment_id=two.mine.pk, by=two.people[0].user, at=make.NOW)
    with pytest.raises(desk.AlreadySent):
        two.check(two.remarks[1])
    assert not FixCheck.objects.exists()


def posted(client, two, **data):
    url = reverse("review_fixed", args=[two.mine.pk])
    return client.post(url, {"annotation": two.remarks[1].pk, "answer": "yes"} | data)


def test_the_button_works_without_a_script(two, client):
    client.force_login(two.people[0].user)
    answer = posted(client, two)
    assert answer.url == f"{two.mine.get_absolute_url()}#remark-{two.remarks[1].pk}"
    page = client.get(two.mine.get_absolute_url()).content.decode()
    assert "1 of 2 looked at" in page
    assert page.count('aria-pressed="true"') == 1


def test_the_script_gets_an_answer_it_can_show(two, client):
    client.force_login(two.people[0].user)
    client.defaults["HTTP_ACCEPT"] = "application/json"
    assert posted(client, two).json() == {"answer": "yes", "said": "Kept."}
    assert posted(client, two, answer="perhaps").status_code == 400
    assert posted(client, two, annotation="x" * 400).status_code == 400
    assert posted(client, two, annotation=two.of_another.pk).status_code == 403
    ReviewRound.objects.filter(pk=two.round.pk).update(closed_at=make.NOW)
    late = posted(client, two)
    assert (late.status_code, late.json()) == (409, {"error": CLOSED})


def test_bad_input_is_a_sentence_on_the_desk_and_loses_nothing(two, client):
    client.force_login(two.people[0].user)
    answer = posted(client, two, answer="perhaps")
    page = client.get(answer.url).content.decode()
    assert "perhaps" in page
    assert not FixCheck.objects.exists()


def test_a_note_of_many_scripts_is_kept_as_typed(two, client):
    client.force_login(two.people[0].user)
    note = "Готово 👍 تم " + "x" * 49_900
    posted(client, two, note=note)
    assert FixCheck.objects.get().note == note


def test_the_desk_of_another_does_not_exist(two, client):
    client.force_login(two.people[1].user)
    assert posted(client, two).status_code == 404


def test_query_counts_are_equal_for_one_remark_and_for_many(two, django_assert_num_queries):
    two.earlier()
    with django_assert_num_queries(9):
        two.earlier()
    for _n in range(5):
        world.annotation(two.reviews[0], "Sign the page about consent.")
    for remark in two.remarks:
        two.decided("annotation", remark.pk)
    with django_assert_num_queries(9):
        assert len(two.earlier().remarks) == 8


def send_all(two) -> None:
    for person in two.people[1:]:
        world.answered(two.round, person)
    world.save(two.mine, two.people[0], world.whole(two.mine))
    desk.submit(assignment_id=two.mine.pk, by=two.people[0].user, at=make.NOW)
    ReviewRound.objects.filter(pk=two.round.pk).update(phase=Phase.DISCUSSION)
    two.round.refresh_from_db()


def test_the_coordinator_reads_how_many_are_fixed(two, client):
    two.check(two.remarks[1], Fixed.YES)
    two.check(two.remarks[2], Fixed.NO)
    send_all(two)
    found = fixes.summary(two.round, two.coordinator)
    assert (found.places, found.fixed, found.partly, found.not_fixed) == (3, 1, 0, 1)
    assert found.unanswered == 1
    client.force_login(two.coordinator)
    url = reverse("round_fixes", args=[two.round.pk])
    assert f'hx-get="{url}"' in client.get(two.round.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    assert "3 places of version 1 were to change." in page
    assert "1 not answered" in page


def test_the_summary_waits_for_the_panel_and_for_the_phase(two):
    two.check(two.remarks[1], Fixed.YES)
    assert fixes.summary(two.round, two.coordinator) is None
    send_all(two)
    ReviewRound.objects.filter(pk=two.round.pk).update(phase=Phase.INDEPENDENT)
    two.round.refresh_from_db()
    assert fixes.summary(two.round, two.coordinator) is None


def test_the_summary_is_for_those_who_coordinate(two):
    two.check(two.remarks[1], Fixed.YES)
    send_all(two)
    for user in (
        two.people[0].user,
        two.first.material.owner.user,
        make.user(Role.PARTNER),
        make.user(Role.COORDINATOR, "IT"),
    ):
        assert fixes.summary(two.round, user) is None
    assert fixes.summary(two.round, make.user(Role.PROJECT_MANAGER)) is not None


def test_an_answer_that_was_not_sent_is_not_counted(two):
    two.check(two.remarks[1], Fixed.YES)
    for person in [*two.people[1:], make.person()]:
        world.answered(two.round, person)
    ReviewRound.objects.filter(pk=two.round.pk).update(phase=Phase.DISCUSSION)
    two.round.refresh_from_db()
    assert fixes.summary(two.round, two.coordinator).fixed == 0


def test_every_refusal_says_why(two):
    with pytest.raises(Refused, match="Only the assigned expert"):
        two.check(two.remarks[1], person=two.people[2])
    with pytest.raises((Refused, NotPossible)) as refusal:
        two.check(two.of_another)
    assert "Only who made a remark" in str(refusal.value)
