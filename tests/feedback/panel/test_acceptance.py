"""An expert accepts before the file is shown, or declines; nobody learns which review it was."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common import needs
from experts.enums import MessageState, Role
from experts.models import AuditEvent, Message
from feedback.reviews.domain import acceptance, copies, identity, notices, rounds
from feedback.reviews.models import Assignment, ConflictOfInterest, Draft
from materials.models import Version
from tests import factories as make
from tests.feedback import world
from tests.materials import drawings

pytestmark = pytest.mark.django_db

FILE_PAGES = ("version_detail", "version_file", "version_pdf", "version_text", "version_words")


def request_of(person=None, **more):
    """A round in which experts accept first, and the request to one of them."""
    person = person or make.person(name="Zoe Asked")
    found = world.review_round(accept_first=True, **more)
    return world.assigned(found, person), person


def answers(client, version) -> set[int]:
    pages = [reverse(name, args=[version.pk]) for name in FILE_PAGES]
    pages += [reverse("page_image", args=[version.page_set.get().pk])]
    pages += [reverse("version_thumbnail", args=[version.pk])]
    return {client.get(page).status_code for page in pages}


def test_lesson_19_no_page_of_the_file_opens_before_acceptance(as_user):
    version = world.version()
    drawings.ready(version, pdf=drawings.stored(b"%PDF-1.7"))
    assignment, person = request_of(version=version)
    client = as_user(person.user)
    assert answers(client, version) == {404}
    assert not Version.objects.visible_to(person.user).filter(pk=version.pk).exists()
    client.post(reverse("review_accept", args=[assignment.pk]), {"reads_language": "yes"})
    assert 404 not in answers(client, version)
    client.post(reverse("review_decline", args=[assignment.pk]), {"reason": "No time"})
    # What was accepted once may still be given back; then the file closes again.
    assert answers(client, version) == {404}


def test_lesson_19_the_card_of_the_material_stands_in_the_place_of_the_desk(as_user):
    version = world.version()
    version.material.summary = "How mentors begin <b>well</b>."
    version.material.save()
    assignment, person = request_of(version=version, instruction="Look at page 3")
    page = as_user(person.user).get(assignment.get_absolute_url()).content.decode()
    assert "it takes about 25 minutes" in page
    assert "How mentors begin &lt;b&gt;well" in page
    assert "Look at page 3" in page
    assert "English" in page
    assert reverse("version_file", args=[version.pk]) not in page
    assert "data-review-desk" not in page


def test_lesson_20_the_language_is_asked_when_a_review_is_accepted(as_user):
    assignment, person = request_of()
    client, url = as_user(person.user), reverse("review_accept", args=[assignment.pk])
    assert "Say whether you read this language well." in client.post(url).content.decode()
    page = client.post(url, {"reads_language": "no"}).content.decode()
    assert "Whoever does not read English well cannot judge it" in page
    assert Assignment.objects.get().accepted_on is None
    client.post(url, {"reads_language": "yes"})
    found = Assignment.objects.get()
    assert (found.accepted_on is not None, found.reads_language) == (True, True)
    assert "data-review-desk" in client.get(assignment.get_absolute_url()).content.decode()


@pytest.mark.parametrize("answer", ["maybe", "", "yes\x01", "1" * 5000])
def test_an_odd_answer_is_asked_again_and_opens_nothing(as_user, answer):
    assignment, person = request_of()
    url = reverse("review_accept", args=[assignment.pk])
    assert as_user(person.user).post(url, {"reads_language": answer}).status_code in {200, 400}
    assert Assignment.objects.get().accepted_on is None


def test_nothing_is_written_before_acceptance(as_user):
    assignment, person = request_of()
    client = as_user(person.user)
    typed = world.posted(assignment, submit="1")
    client.post(assignment.get_absolute_url(), typed)
    answer = client.post(reverse("review_draft", args=[assignment.pk]), typed)
    assert answer.status_code == 409
    assert "Please accept this review first" in answer.json()["error"]
    assert not Draft.objects.exists()


def test_accepting_twice_is_accepting_once_and_declining_too():
    assignment, person = request_of()
    for _twice in range(2):
        acceptance.accept(
            assignment_id=assignment.pk, reads_language=True, by=person.user, at=make.NOW
        )
    other, second = request_of()
    for _twice in range(2):
        acceptance.decline(assignment_id=other.pk, reason="Ill", by=second.user, at=make.NOW)
    deeds = AuditEvent.objects.filter(deed__in=["review accepted", "review declined"])
    assert [d.deed for d in deeds.order_by("pk")] == ["review accepted", "review declined"]
    # The deed by its code and day, never by the person.
    assert [d.actor for d in deeds.order_by("pk")] == [
        assignment.reviewer_code,
        other.reviewer_code,
    ]
    assert {d.at.hour for d in deeds} == {0}


def test_declining_stops_reminders_and_nobody_waits_for_the_review_any_more(as_user):
    assignment, person = request_of()
    reminders = Message.objects.filter(person=person, kind=notices.REMINDER)
    assert reminders.filter(state=MessageState.PLANNED).exists()
    as_user(person.user).post(
        reverse("review_decline", args=[assignment.pk]), {"reason": "I am on parental leave."}
    )
    assert not reminders.filter(state=MessageState.PLANNED).exists()
    assert not identity.desk_of(person.user).wanted().exists()
    found = Assignment.objects.get()
    assert (found.decline_reason, found.released_on is not None) == (
        "I am on parental leave.",
        True,
    )
    assert not Assignment.objects.late(world.DUE.replace(year=2099)).exists()


def test_coordinators_learn_that_somebody_declined_and_how_many_fit_never_who(as_user):
    assignment, person = request_of()
    coordinator = assignment.round.opened_by.user
    make.person(name="Ready")
    acceptance.decline(assignment_id=assignment.pk, reason="My reason", by=person.user, at=make.NOW)
    need = next(n for n in needs.of(coordinator, make.NOW) if "declined" in n.title)
    assert need.sentence == "1 expert declined. Others who fit are listed with reasons."
    message = Message.objects.get(kind=notices.DECLINED)
    assert (message.person, message.object_id) == (coordinator.person, assignment.round_id)
    client = as_user(coordinator)
    names = ("round_detail", "round_assign", "round_propose", "round_light")
    pages = [client.get(reverse(name, args=[assignment.round_id])) for name in names]
    pages += [client.get(reverse("today")), client.get(reverse("review_list"))]
    secrets = [str(assignment.reviewer_code), str(assignment.pk), "Zoe Asked"]
    for page in pages:
        assert page.status_code == 200
        assert [s for s in secrets if s in page.content.decode()] == []
    assert ["My reason" in page.content.decode() for page in pages].count(True) == 1
    abroad = make.user(Role.COORDINATOR, "IT")
    assert acceptance.reasons(assignment.round, abroad) == []


def test_the_need_goes_when_the_seat_is_filled():
    assignment, person = request_of(panel_size=1)
    coordinator = assignment.round.opened_by.user
    acceptance.decline(assignment_id=assignment.pk, reason="Ill", by=person.user, at=make.NOW)
    world.assigned(assignment.round, make.person())
    assert not [n for n in needs.of(coordinator, make.NOW) if "declined" in n.title]


def test_a_conflict_said_when_declining_stands_with_the_person_and_not_beside_the_code(as_user):
    assignment, person = request_of()
    as_user(person.user).post(
        reverse("review_decline", args=[assignment.pk]),
        {"reason": "My sister wrote it", "has_conflict": "on"},
    )
    row = ConflictOfInterest.objects.get()
    assert (row.person, row.reason, row.declared_by) == (person, "My sister wrote it", person)
    assert Assignment.objects.get().decline_reason == ""
    url = reverse("round_conflicts", args=[assignment.round_id])
    page = as_user(assignment.round.opened_by.user).get(url).content.decode()
    assert "My sister wrote it" in page
    assert str(assignment.reviewer_code) not in page


@pytest.mark.parametrize("state", ["declined", "closed", "replaced"])
def test_lesson_16_an_old_link_says_how_things_stand(as_user, state):
    assignment, person = request_of()
    sentence = {
        "declined": "You declined this review, thank you for answering.",
        "closed": "This round is closed; no answer is needed any more.",
        "replaced": "Somebody else was asked meanwhile. Thank you, nothing is left to do.",
    }[state]
    if state == "declined":
        acceptance.decline(assignment_id=assignment.pk, reason="Ill", by=person.user, at=make.NOW)
    elif state == "closed":
        rounds.close_round(
            round_id=assignment.round_id, by=assignment.round.opened_by.user, at=make.NOW
        )
    else:
        Assignment.objects.update(released_on=world.DUE)
    client = as_user(person.user)
    for url in (assignment.get_absolute_url(), reverse("review_decline", args=[assignment.pk])):
        page = client.get(url).content.decode()
        assert sentence in page
        assert "Accept and open" not in page
    client.post(reverse("review_accept", args=[assignment.pk]), {"reads_language": "yes"})
    assert Assignment.objects.get().accepted_on is None


def test_security_1_only_the_person_asked_can_answer(as_user):
    assignment, _person = request_of()
    for other in (make.user(), assignment.round.opened_by.user, make.user(Role.PROJECT_MANAGER)):
        client = as_user(other)
        for name in ("review_accept", "review_decline"):
            answer = client.post(reverse(name, args=[assignment.pk]), {"reads_language": "yes"})
            assert answer.status_code == 404


def test_no_browser_keeps_a_desk_before_it_was_accepted_or_after_it_was_declined():
    assignment, person = request_of()
    deeds = [
        lambda: None,
        lambda: acceptance.accept(
            assignment_id=assignment.pk, reads_language=True, by=person.user, at=make.NOW
        ),
        lambda: acceptance.decline(
            assignment_id=assignment.pk, reason="Ill", by=person.user, at=make.NOW
        ),
    ]
    kept = []
    for deed in deeds:
        deed()
        found = Assignment.objects.select_related("round").get()
        kept.append((copies.kept(person.user), copies.may_be_kept(found)))
    assert kept == [([], False), ([assignment.pk], True), ([], False)]


def test_where_nobody_asks_for_it_the_desk_opens_at_once(as_user):
    person = make.person()
    assignment = world.assigned(world.review_round(), person)
    page = as_user(person.user).get(assignment.get_absolute_url()).content.decode()
    assert "data-review-desk" in page
    assert identity.versions_to_read(person.user).count() == 1
