"""What saves itself comes late: after a review was sent, or after its round went on or closed."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.urls import reverse

from experts.enums import Role
from experts.models import Message
from feedback.reviews.domain import desk, identity, phases
from feedback.reviews.domain.phases import CLOSED
from feedback.reviews.enums import Phase
from feedback.reviews.models import Annotation, Draft, Rating
from materials.domain import errata, uploads
from materials.domain.uploads import VersionFacts
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

KEPT = "what you write now stays on this device only"


def late_remark(**more: object) -> dict[str, object]:
    """A remark as the script of the desk sends it."""
    fields = {"client_key": uuid.uuid4(), "revision": 0, "kind": "region", "page": 1}
    return fields | {"mark": "should", "text": "Too late.", "boxes": "[[0.1,0.1,0.2,0.2]]"} | more


def stored() -> tuple[object, ...]:
    """All that saving could change."""
    drafts = list(Draft.objects.values_list("answers", "revision"))
    remarks = list(Annotation.objects.order_by("pk").values_list("text", "revision"))
    return drafts, remarks, Rating.objects.count()


def sent_late(client, assignment) -> list[dict]:
    """The answers to a late draft, a new late remark, a changed and a deleted one."""
    known = Annotation.objects.get()
    changed = {"client_key": known.client_key, "revision": known.revision}
    about = [assignment.pk]
    answers = [
        client.post(reverse("review_draft", args=about), world.posted(assignment, "3")),
        client.post(reverse("review_annotations", args=about), late_remark()),
        client.post(reverse("review_annotations", args=about), late_remark(**changed)),
        client.post(reverse("review_annotation_delete", args=about), changed),
    ]
    assert [answer.status_code for answer in answers] == [409] * 4
    return [answer.json() for answer in answers]


@pytest.mark.parametrize("step", [Phase.RESPONSE, Phase.DECISION, CLOSED])
def test_what_saves_itself_after_the_round_changes_nothing_and_says_so(as_user, step):
    found, person = world.review_round(), make.person()
    assignment = world.assigned(found, person)
    world.save(assignment, person, world.whole(assignment))
    world.annotated(assignment)
    world.gone_on(found, step)
    before = stored()
    for answer in sent_late(as_user(person.user), assignment):
        assert answer["over"] is True
        assert KEPT in answer["error"]
    assert stored() == before


def test_what_saves_itself_after_sending_changes_nothing_and_says_so(as_user):
    found, person = world.review_round(), make.person()
    assignment = world.assigned(found, person)
    world.annotated(assignment)
    world.save(assignment, person, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)
    before = stored()
    for answer in sent_late(as_user(person.user), assignment):
        assert answer["over"] is True
        assert "You sent this review already" in answer["error"]
    assert stored() == before


def test_without_a_script_what_was_typed_too_late_is_shown_and_not_stored(as_user):
    found, person = world.review_round(), make.person()
    assignment = world.assigned(found, person)
    world.gone_on(found, CLOSED)
    url = reverse("review_desk", args=[assignment.pk])
    page = as_user(person.user).post(url, world.posted(assignment, "1", save="1")).content.decode()
    assert "This round is closed, so nothing more is saved." in page
    assert "Say it shorter." in page
    assert 'name="submit"' not in page
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_round_closed_while_six_save_takes_each_draft_in_or_refuses_it():
    found = world.review_round()
    people = [make.person() for _n in range(6)]
    own = [world.assigned(found, person) for person in people]
    outcomes = world.closed_amid(
        found,
        [
            partial(world.save, pair[0], pair[1], world.whole(pair[0]))
            for pair in zip(own, people, strict=True)
        ],
    )
    taken = set(Draft.objects.values_list("assignment_id", flat=True))
    assert len(outcomes) == 6
    assert set(outcomes) <= {"in", "refused"}
    kept = zip(own, outcomes, strict=True)
    assert taken == {assignment.pk for assignment, outcome in kept if outcome == "in"}
    late = identity.assignment_of(round_id=found.pk, person=people[0])
    with pytest.raises(phases.RoundClosed):
        world.save(late, people[0], {})


def test_who_accepted_may_give_an_open_review_back_until_it_is_sent(as_user):
    found, person = world.review_round(accept_first=True), make.person()
    assignment = world.assigned(found, person)
    client, url = as_user(person.user), reverse("review_desk", args=[assignment.pk])
    back = reverse("review_decline", args=[assignment.pk])
    client.post(reverse("review_accept", args=[assignment.pk]), {"reads_language": "yes"})
    assert f'href="{back}"' in client.get(url).content.decode()
    world.save(assignment, person, world.whole(assignment))
    client.post(back, {"reason": "I fell ill.", "has_conflict": "", "unread": ""})
    assignment.refresh_from_db()
    assert (assignment.declined_on is not None, assignment.decline_reason) == (True, "I fell ill.")
    other = make.person()
    sent = world.assigned(found, other)
    as_user(other.user).post(reverse("review_accept", args=[sent.pk]), {"reads_language": "yes"})
    world.save(sent, other, world.whole(sent))
    desk.submit(assignment_id=sent.pk, by=other.user, at=make.NOW)
    page = as_user(other.user).get(reverse("review_desk", args=[sent.pk])).content.decode()
    assert "Give this review back" not in page


def test_lesson_44_janeway_4513_an_erratum_tells_the_reviewers_and_leaves_what_they_judge():
    found, person = world.review_round(), make.person()
    assignment = world.assigned(found, person)
    world.save(assignment, person, world.whole(assignment, "3"))
    judged = (found.version_id, found.version.sha256)
    facts = VersionFacts(
        language=found.version.language,
        link="https://example.org/mended",
        what_changed="Page 2: form, not from.",
        is_erratum=True,
    )
    material = found.version.material
    mended = uploads.add_version(
        material_id=material.pk, facts=facts, by=material.owner.user, at=make.NOW
    )
    told = Message.objects.get(kind=errata.KIND)
    assert (told.person, told.object_id) == (person, mended.erratum.pk)
    desk.submit(assignment_id=assignment.pk, by=person.user, at=make.NOW)
    found.refresh_from_db()
    assert (found.version_id, found.version.sha256) == judged
    assert mended.sha256 != judged[1]
    manager = make.user(Role.PROJECT_MANAGER)
    decided = errata.decide(
        erratum_id=mended.erratum.pk,
        is_material=False,
        reason="A letter.",
        by=manager,
        at=make.NOW,
    )
    assert decided.is_material is False
