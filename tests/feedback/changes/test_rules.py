"""Who asks for a change and who decides on it; every deed once, whole, and never over another's."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import transaction

from cop_platform.common.refusals import Refused
from cop_platform.common.revisions import ChangedMeanwhile
from experts.enums import Role
from experts.models import AuditEvent
from feedback.changes import permissions
from feedback.changes.domain import deciding, history, ledger, refs
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import change_source, identity
from feedback.reviews.enums import AnnotationKind, Mark
from feedback.reviews.models import Annotation
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """Of a Bulgarian author, whose country is Bulgaria's."""
    return world.version()


@pytest.fixture
def author(version):
    return asking.owner_of(version)


@pytest.fixture
def change(version):
    return asking.typed(version, code="IT")


def looker(who: str, change: ChangeRequest):
    """Somebody to whom a change asked for by Italy of a Bulgarian author is what `who` says."""
    role, _comma, code = who.partition(" of ")
    if who == "other author":
        return make.user(Role.AUTHOR)
    if who == "author":
        return asking.owner_of(change.version)
    if who == "owner":
        change.owner = make.person(Role.FACILITATOR, "ES")
        change.save()
        return change.owner.user
    return make.user(role, code or "BG")


RULES = {
    # who: (sees, raises for Italy, arranges, decides, knows the country of a comment)
    "author": (True, True, True, True, False),
    "owner": (True, False, True, True, False),
    f"{Role.COORDINATOR} of BG": (True, False, True, True, False),
    f"{Role.COORDINATOR} of IT": (True, True, True, False, True),
    f"{Role.COORDINATOR} of ES": (False, False, False, False, False),
    Role.PROJECT_MANAGER: (True, True, True, True, True),
    Role.PLATFORM_ADMIN: (False, False, False, False, False),
    f"{Role.EXPERT} of BG": (False, False, False, False, False),
    f"{Role.PARTNER} of BG": (False, False, False, False, False),
    f"{Role.FACILITATOR} of IT": (False, False, False, False, False),
    "other author": (False, False, False, False, False),
}


@pytest.mark.parametrize("who", RULES)
def test_who_sees_asks_arranges_and_decides(change, who):
    user = looker(str(who), change)
    change.source_kind = "rating"
    got = (
        ChangeRequest.objects.visible_to(user).contains(change),
        permissions.may_raise.allows(user, change.material, change.country_id),
        permissions.may_arrange.allows(user, change),
        permissions.may_decide.allows(user, change),
        permissions.may_know_country.allows(user, change),
    )
    assert got == RULES[who]


def test_every_rule_says_why_not(change):
    stranger = make.user(Role.PARTNER)
    rules = [
        lambda: permissions.may_raise(stranger, change.material, change.country_id),
        lambda: permissions.may_arrange(stranger, change),
        lambda: permissions.may_decide(stranger, change),
        lambda: permissions.may_enter_new(stranger),
    ]
    for rule in rules:
        with pytest.raises(Refused) as refused:
            rule()
        assert str(refused.value).endswith(".")


def test_a_comment_pressed_twice_is_one_request():
    found = asking.closed_round()
    rating, by = asking.comments(found)[0], found.opened_by.user
    first, second = asking.raised(rating, by), asking.raised(rating, make.user(Role.COORDINATOR))
    assert first == second
    assert (first.country_id, first.version_id) == (rating.assignment.country_id, found.version_id)
    assert rating.comment in first.asked
    assert rating.wording in first.asked
    assert AuditEvent.objects.filter(deed="change asked for").count() == 1


def test_a_score_does_not_show_in_the_severity():
    found = asking.closed_round()
    rating = asking.comments(found)[0]
    assert rating.score == 1
    assert asking.raised(rating, found.opened_by.user).severity == Severity.MINOR


@pytest.mark.parametrize(
    ("mark", "severity"),
    [
        (Mark.MUST, Severity.MAJOR),
        (Mark.SHOULD, Severity.MINOR),
        (Mark.IDEA, Severity.MINOR),
        (Mark.PRAISE, Severity.MINOR),
    ],
)
def test_an_annotation_is_as_grave_as_it_was_meant_and_never_critical(mark, severity):
    found = asking.closed_round()
    note = Annotation.objects.create(
        assignment=found.assignments.first(),
        version=found.version,
        client_key=uuid.uuid4(),
        kind=AnnotationKind.TEXT,
        mark=mark,
        page=3,
        quote="the old  law",
        text="Name the new one.",
    )
    ref = refs.of(change_source.ANNOTATION, note.pk, found.version_id)
    change = ledger.raise_of_comment(
        kind=change_source.ANNOTATION, ref=ref, by=found.opened_by.user, at=make.NOW
    )
    assert (change.severity, change.source_key) == (severity, note.pk)
    assert change.asked == "Page 3: “the old law”\nName the new one."
    grave = Severity.CRITICAL
    again = ledger.raise_of_comment(
        kind=change_source.ANNOTATION,
        ref=ref,
        severity=grave,
        by=found.opened_by.user,
        at=make.NOW,
    )
    assert (again.pk, again.severity) == (change.pk, severity)


def test_a_comment_that_may_not_be_read_is_answered_like_one_that_is_missing():
    found = asking.closed_round()
    kind, _colon, ref = asking.source_of(asking.comments(found)[0]).partition(":")
    said = set()
    for user, sent in (
        (make.user(Role.COORDINATOR, "IT"), (kind, ref)),
        (found.opened_by.user, (kind, ref[:-1] + ("A" if ref[-1] != "A" else "B"))),
        (found.opened_by.user, (kind, f"{10**17}.x")),
        (found.opened_by.user, (kind, "é.x")),
        (found.opened_by.user, ("annotation", ref)),
        (found.opened_by.user, ("message", ref)),
    ):
        with pytest.raises(ledger.NoSuchComment) as refused:
            ledger.raise_of_comment(kind=sent[0], ref=sent[1], by=user, at=make.NOW)
        said.add(str(refused.value))
    assert len(said) == 1
    assert not ChangeRequest.objects.exists()


def test_a_reviewer_who_reads_the_others_does_not_make_changes_of_them():
    found = asking.closed_round()
    rating = asking.comments(found)[0]
    fellow = asking.comments(found)[1].assignment
    reader = identity.reader_of(fellow)
    with pytest.raises(Refused):
        asking.raised(rating, reader.user)


def test_the_author_asks_once_the_round_is_over():
    found = asking.closed_round()
    change = asking.raised(asking.comments(found)[0], asking.owner_of(found.version))
    assert change.raised_by == found.version.material.owner


def test_a_decision_keeps_its_reason_who_and_when(change, author):
    after = asking.decided(change, author, Decision.ADAPT, public_asked="A page on rights.")
    assert (after.decision, after.reason, after.decided_by) == (
        Decision.ADAPT,
        "It is right.",
        author.person,
    )
    assert (after.decided_at, after.revision, after.told_at) == (make.NOW, 2, None)


def test_the_same_decision_sent_twice_is_one(change, author):
    asking.decided(change, author)
    after = asking.decided(change, author, revision=1)
    assert after.revision == 2
    assert AuditEvent.objects.filter(deed="change decided").count() == 1


def test_another_decision_on_what_somebody_has_decided_meanwhile_is_a_conflict(change, author):
    asking.decided(change, make.user(Role.PROJECT_MANAGER), Decision.DECLINE)
    with pytest.raises(ChangedMeanwhile):
        asking.decided(change, author, Decision.ACCEPT, revision=1)
    change.refresh_from_db()
    assert change.decision == Decision.DECLINE


@pytest.mark.parametrize(
    ("decision", "reason", "refused"),
    [
        (Decision.ACCEPT, "", deciding.NoReason),
        (Decision.ACCEPT, " \n", deciding.NoReason),
        (Decision.OPEN, "x", deciding.NotDecidable),
        ("maybe", "x", deciding.NotDecidable),
    ],
)
def test_what_is_no_decision_is_refused(change, author, decision, reason, refused):
    with pytest.raises(refused):
        asking.decided(change, author, decision, reason=reason)


def test_a_decision_is_reopened_with_a_reason_and_decided_anew(change, author):
    newer = make.version(change.material)
    asking.decided(change, author)
    change.refresh_from_db()
    deciding.show_done(change_id=change.pk, version=newer, revision=2, by=author, at=make.NOW)
    with pytest.raises(deciding.NoReason):
        deciding.reopen(change_id=change.pk, reason=" ", revision=3, by=author, at=make.NOW)
    for _twice in range(2):
        after = deciding.reopen(
            change_id=change.pk, reason="Spain objects.", revision=3, by=author, at=make.NOW
        )
    assert (after.decision, after.reason, after.decided_at, after.done_in, after.revision) == (
        Decision.OPEN,
        "Spain objects.",
        None,
        None,
        4,
    )
    assert asking.decided(change, author, Decision.DECLINE).decision == Decision.DECLINE
    said = [(step.said, step.who, step.reason) for step in history.of(change)]
    assert said[:2] == [
        ("Declined", author.person.name, "It is right."),
        ("Opened again", author.person.name, "Spain objects."),
    ]
    assert said[-1][0] == "Asked for"


def test_done_is_a_newer_version_of_the_same_material_and_of_what_was_accepted(change, author):
    def done(version):
        change.refresh_from_db()
        values = {"revision": change.revision, "by": author, "at": make.NOW}
        return deciding.show_done(change_id=change.pk, version=version, **values)

    newer, other = make.version(change.material), world.version()
    with pytest.raises(deciding.NoEvidence):
        done(newer)
    asking.decided(change, author)
    for wrong in (change.version, other):
        with pytest.raises(deciding.NoEvidence):
            done(wrong)
    assert done(newer).done_in == newer
    assert done(newer).revision == 3
    assert done(None).done_in is None


def test_a_declined_change_is_never_done(change, author):
    asking.decided(change, author, Decision.DECLINE)
    with pytest.raises(deciding.NoEvidence):
        deciding.show_done(
            change_id=change.pk,
            version=make.version(change.material),
            revision=2,
            by=author,
            at=make.NOW,
        )


def test_arranging_twice_is_once_and_an_old_page_is_a_conflict(change, author):
    said = {"severity": Severity.CRITICAL, "owner": author.person, "due_on": date(2026, 12, 1)}
    for _twice in range(2):
        after = ledger.arrange(change_id=change.pk, revision=1, by=author, at=make.NOW, **said)
    assert (after.severity, after.owner, after.revision) == ("critical", author.person, 2)
    with pytest.raises(ChangedMeanwhile):
        ledger.arrange(
            change_id=change.pk, revision=1, by=author, at=make.NOW, **said | {"owner": None}
        )


def test_two_requests_become_one_and_the_graver_holds(version, author):
    one, two = asking.typed(version), asking.typed(version, severity=Severity.CRITICAL)
    third = asking.typed(version)
    for _twice in range(2):
        into = ledger.merge(change_id=two.pk, into_id=one.pk, by=author, at=make.NOW)
    assert (into.pk, into.severity) == (one.pk, Severity.CRITICAL)
    assert list(ChangeRequest.objects.undecided().order_by("pk")) == [one, third]
    assert list(ChangeRequest.objects.blocking(version.material)) == [one]
    ledger.merge(change_id=one.pk, into_id=third.pk, by=author, at=make.NOW)
    two.refresh_from_db()
    assert two.merged_into == third
    apart = ledger.take_apart(change_id=two.pk, by=author, at=make.NOW)
    assert apart.merged_into is None


def test_what_cannot_become_one_is_refused(version, author, change):
    other, done = asking.typed(world.version()), asking.typed(version)
    asking.decided(done, author)
    manager = make.user(Role.PROJECT_MANAGER)
    for into in (change.pk, other.pk, done.pk, 10**9):
        with pytest.raises(ledger.NotMergeable):
            ledger.merge(change_id=change.pk, into_id=into, by=manager, at=make.NOW)


def test_several_are_decided_alike_and_what_is_not_ones_own_is_left(version, author):
    mine = [asking.typed(version) for _n in range(3)]
    foreign, gone = asking.typed(world.version()), 10**9
    asking.decided(mine[0], author, Decision.DECLINE)
    keys = [*(change.pk for change in mine), foreign.pk, gone]
    done = deciding.decide_alike(
        change_ids=keys, decision=Decision.ACCEPT, reason="Yes.", by=author, at=make.NOW
    )
    assert done == deciding.Sum(decided=2, left=3)
    foreign.refresh_from_db()
    assert foreign.decision == Decision.OPEN
    again = deciding.decide_alike(
        change_ids=keys, decision=Decision.ACCEPT, reason="Yes.", by=author, at=make.NOW
    )
    assert again.decided == 0


def test_a_deed_that_fails_leaves_nothing_behind(change, author, monkeypatch):
    def fail(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr("experts.domain.audit.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        asking.decided(change, author)
    change.refresh_from_db()
    assert (change.decision, change.revision) == (Decision.OPEN, 1)


def test_a_request_that_is_gone_is_missing(author):
    for deed in (
        lambda: ledger.take_apart(change_id=10**9, by=author, at=make.NOW),
        lambda: deciding.reopen(change_id=10**9, reason="x", revision=1, by=author, at=make.NOW),
    ):
        with pytest.raises(ChangeRequest.DoesNotExist):
            deed()


def test_only_those_who_may_do_it_do_it(change):
    italy = make.user(Role.COORDINATOR, "IT")
    with pytest.raises(Refused):
        asking.decided(change, italy)
    assert deciding.decide_alike(
        change_ids=[change.pk], decision=Decision.ACCEPT, reason="Yes.", by=italy, at=make.NOW
    ) == deciding.Sum(0, 1)
    with pytest.raises(Refused):
        asking.typed(change.version, by=make.user(Role.COORDINATOR, "ES"), code="IT")
