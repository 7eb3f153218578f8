"""Thanks and a certificate for a sent review: for its writer, and for nobody else."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.domain import message_kinds, sender
from experts.enums import Role
from experts.models import Message
from feedback.reviews.domain import certificate, desk, notices
from feedback.reviews.models import Assignment
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return make.person(name="Zoë Ιωάννου ليلى", language="en")


def sent(person, **more) -> Assignment:
    world.answered(world.review_round(**more), person, "2")
    return Assignment.objects.with_version().get()


def words(content: bytes) -> str:
    page = pypdfium2.PdfDocument(content)[0]
    return page.get_textpage().get_text_bounded()


def test_lesson_32_a_certificate_names_the_writer_the_material_and_the_day(expert):
    assignment = sent(expert)
    version = assignment.round.version
    said = words(certificate.build(assignment, by=expert.user))
    for wanted in (
        "Certificate of review",
        "Zoë Ιωάννου",
        version.material.title,
        version.material.code,
        version.sha256,
        "24 Nov",
    ):
        assert wanted in said


def test_the_same_review_gives_the_same_bytes_and_another_language_other_words(expert):
    assignment = sent(expert)
    first = certificate.build(assignment, by=expert.user)
    assert certificate.build(assignment, by=expert.user) == first
    for language, title in (("de", "Bescheinigung"), ("el", "Βεβαίωση"), ("bg", "Удостоверение")):
        expert.user.person.language = language
        assert title in words(certificate.build(assignment, by=expert.user))
    expert.user.person.language = "ar"
    assert certificate.build(assignment, by=expert.user) != first


def test_the_file_says_it_is_accessible_and_its_properties_name_nobody(expert):
    content = certificate.build(sent(expert), by=expert.user)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert "Zoë" not in str(metadata)
        assert "Zoë" not in str(pdf.docinfo)


def test_only_the_writer_gets_it_and_only_of_a_review_that_was_sent(as_user, expert):
    found = world.review_round()
    assignment = world.assigned(found, expert)
    url = reverse("review_certificate", args=[assignment.pk])
    client = as_user(expert.user)
    assert client.get(url).status_code == 302
    world.save(assignment, expert, world.whole(assignment))
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert url in client.get(assignment.get_absolute_url()).content.decode()
    for user in (found.opened_by.user, make.user(Role.PROJECT_MANAGER), make.user()):
        assert as_user(user).get(url).status_code == 404
        with pytest.raises(Refused):
            certificate.build(Assignment.objects.with_version().get(), by=user)


def test_lesson_32_thanks_go_out_once_when_a_review_is_sent_and_name_no_review(expert, mailoutbox):
    assignment = sent(expert)
    desk.submit(assignment_id=assignment.pk, by=expert.user, at=make.NOW)
    message = Message.objects.get(kind=notices.THANKS)
    assert (message.object_id, message.person) == (assignment.round_id, expert)
    assert str(assignment.pk) not in message.key
    sender.send_due(at=make.NOW + timedelta(days=1))
    thanks = [mail for mail in mailoutbox if mail.subject.startswith("Thank you for your review")]
    assert len(thanks) == 1
    assert "certificate" in thanks[0].body
    assert reverse("review_desk", args=[assignment.pk]) in thanks[0].body


def test_nobody_is_thanked_for_a_review_that_was_handed_back_meanwhile(expert):
    assignment = sent(expert)
    Assignment.objects.update(submitted_on=None)
    message = Message.objects.get(kind=notices.THANKS)
    kind = message_kinds.get(notices.THANKS)
    task = kind.load([message])[message.pk]
    assert task.assignment == assignment
    assert not kind.still_true(message, task, make.NOW)
