"""Comments that do not belong here: reported, taken down, put back, left standing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common import needs
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import sender
from experts.enums import Role
from practices.domain.talk import moderating
from practices.models import CommentReport
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, released, say, thread

pytestmark = pytest.mark.django_db
RUDE = "You know nothing"


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def writer():
    return account(world.member("BG"))


@pytest.fixture
def comment(writer):
    return say("material", released("IT").pk, RUDE, by=writer)


def report(comment, by=None):
    moderating.report(
        comment_id=comment.pk, why="Rude", by=by or account(world.member("IT")), at=make.NOW
    )


def take_down(comment, by):
    return moderating.take_down(comment_id=comment.pk, why="It insults.", by=by, at=make.NOW)


def test_a_report_waits_for_the_coordinator_of_the_writers_country(as_user, comment, coordinator):
    reporter = account(world.member("IT"))
    as_user(reporter).post(reverse("comment_report", args=[comment.pk]), {"why": "Rude"})

    page = as_user(coordinator).get(reverse("moderation_list")).content.decode()
    assert RUDE in page
    assert f"{reporter.person.name} on" in page
    titles = [need.title for need in needs.of(coordinator, make.NOW)]
    assert "A member says that a comment does not belong here" in titles


def test_a_second_report_by_the_same_person_is_answered_with_a_sentence(comment):
    reporter = account(world.member("IT"))
    report(comment, reporter)
    with pytest.raises(NotPossible, match="already"):
        report(comment, reporter)


def test_nobody_reports_the_own_comment(comment, writer):
    with pytest.raises(Refused):
        report(comment, writer)


def test_what_is_taken_down_is_read_by_the_writer_and_moderators_alone(
    as_user, comment, coordinator, writer
):
    report(comment)
    as_user(coordinator).post(
        reverse("comment_take_down", args=[comment.pk]), {"why": "It insults."}
    )
    address = thread("material", comment.object_id)
    others = as_user(account(world.member("IT"))).get(address).content.decode()

    assert RUDE not in others
    assert "A moderator took this comment down." in others
    own = as_user(writer).get(address).content.decode()
    assert RUDE in own
    assert "It insults." in own
    assert RUDE in as_user(coordinator).get(address).content.decode()
    assert not CommentReport.objects.filter(settled_at=None).exists()


def test_a_reason_is_asked_for(as_user, comment, coordinator):
    page = as_user(coordinator).post(reverse("comment_take_down", args=[comment.pk]), {"why": ""})
    assert page.context["form"].errors["why"]
    comment.refresh_from_db()
    assert comment.hidden_at is None


@pytest.mark.django_db(transaction=True)
def test_the_writer_is_told_the_reason_once_and_that_it_is_back(sink, coordinator):
    writer = account(world.member("BG"))
    comment = say("material", released("IT").pk, RUDE, by=writer)
    for _ in range(2):
        take_down(comment, coordinator)
    sender.send_due(at=make.NOW)
    mails = [m for m in sink.mails if m["To"] == writer.email]
    texts = [m.get_body(("plain",)).get_content() for m in mails]

    assert len(texts) == 1
    assert "It insults." in texts[0]
    moderating.put_back(comment_id=comment.pk, by=coordinator, at=make.NOW.replace(hour=10))
    sender.send_due(at=make.NOW.replace(hour=10))
    assert "It is shown to everybody again." in sink.mails[-1].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("role", "code", "may"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.COORDINATOR, "IT", False),
        (Role.FACILITATOR, "BG", False),
        (Role.PARTNER, "BG", False),
        (Role.EXPERT, "BG", False),
        (Role.AUTHOR, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
    ],
)
def test_who_takes_a_comment_down(comment, role, code, may):
    by = make.user(role, code)
    if may:
        assert take_down(comment, by).hidden_by == by.person
    else:
        with pytest.raises(Refused):
            take_down(comment, by)


def test_a_report_is_settled_by_letting_the_comment_stand(as_user, comment, coordinator):
    report(comment)
    as_user(coordinator).post(reverse("comment_keep", args=[comment.pk]))
    assert moderating.waiting(coordinator) == 0
    comment.refresh_from_db()
    assert comment.hidden_at is None


def test_the_writer_cannot_change_what_was_taken_down(as_user, comment, coordinator, writer):
    take_down(comment, coordinator)
    assert as_user(writer).get(reverse("comment_edit", args=[comment.pk])).status_code == 403
