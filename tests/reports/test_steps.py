"""The life of a release: signed by its partner, made public, withdrawn; never a step back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox_of_django
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import AuditEvent, Message
from feedback.reports.domain import page, preflight, steps, subscribing
from feedback.reports.domain.preflight import Fault
from feedback.reports.domain.steps import NotReady, StepNotPossible
from feedback.reports.models import ReleaseStep, Report
from tests import factories as make
from tests.reports import stored

pytestmark = pytest.mark.django_db


def sign(report, by=None):
    return steps.sign(report_id=report.pk, by=by or make.user(Role.PARTNER), at=make.NOW)


def publish(report, by=None):
    return steps.publish(report_id=report.pk, by=by or make.user(Role.PARTNER), at=make.NOW)


def withdraw(report, reason="A figure was counted twice.", by=None):
    by = by or make.user(Role.PARTNER)
    return steps.withdraw(report_id=report.pk, reason=reason, by=by, at=make.NOW)


def codes(report) -> list[str]:
    return list(ReleaseStep.objects.filter(report=report).values_list("step", flat=True))


@pytest.fixture(autouse=True)
def only_the_signature(monkeypatch):
    """Other rooms have faults of their own to find."""
    monkeypatch.setattr(preflight, "_checks", [])


def test_a_draft_is_signed_published_and_withdrawn_with_who_and_when():
    report, partner = stored.report(profile="public"), make.user(Role.PARTNER)

    sign(report, partner)
    publish(report, partner)
    withdraw(report, by=partner)

    assert codes(report) == ["signed", "public", "withdrawn"]
    deeds = AuditEvent.objects.filter(object_id=report.pk, deed__startswith="report ")
    assert [deed.deed for deed in deeds.order_by("pk")] == [
        "report signed",
        "report public",
        "report withdrawn",
    ]
    assert page.mark(report).code == "withdrawn"
    assert page.reason(report) == "A figure was counted twice."


@pytest.mark.parametrize("deed", [sign, publish, withdraw])
@pytest.mark.parametrize(
    ("role", "code", "may"),
    [
        (Role.PARTNER, "BG", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.PARTNER, "IT", False),
        (Role.COORDINATOR, "BG", False),
        (Role.EXPERT, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
    ],
)
def test_the_partner_of_the_country_and_the_manager_take_steps(deed, role, code, may):
    report = stored.report("BG", profile="public")
    sign(report, make.user(Role.PROJECT_MANAGER))
    user = make.user(role, code)

    if may:
        deed(report, by=user)
    else:
        with pytest.raises(Refused):
            deed(report, by=user)


def test_signing_and_publishing_twice_changes_nothing():
    report = stored.report(profile="public")

    for deed in (sign, sign, publish, publish):
        deed(report)

    assert codes(report) == ["signed", "public"]


def test_what_is_not_signed_is_not_made_public():
    report = stored.report(profile="public")

    with pytest.raises(NotReady) as caught:
        publish(report)

    assert [fault.url for fault in caught.value.faults] == [report.get_absolute_url()]
    assert codes(report) == []


def test_a_report_for_the_agency_is_signed_but_never_public():
    report = stored.report(profile="agency")
    sign(report)

    with pytest.raises(StepNotPossible):
        publish(report)

    assert codes(report) == ["signed"]


def test_publishing_waits_for_every_check_of_the_pre_flight():
    report = stored.report(profile="public")
    sign(report)
    preflight.register(lambda _report: [Fault("The statement is missing.", "/mend/")])

    with pytest.raises(NotReady) as caught:
        publish(report)

    assert caught.value.faults == [Fault("The statement is missing.", "/mend/")]


def test_what_was_withdrawn_takes_no_other_step():
    report = stored.report(profile="public")
    withdraw(report)

    for deed in (sign, publish, withdraw):
        with pytest.raises(StepNotPossible):
            deed(report)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_withdrawing_needs_a_reason_of_some_sentences(reason):
    report = stored.report()

    with pytest.raises(StepNotPossible):
        withdraw(report, reason)

    assert codes(report) == []


def test_a_step_never_changes():
    report = sign(stored.report())

    for change in (
        lambda: ReleaseStep.objects.update(reason="other"),
        lambda: ReleaseStep.objects.filter(report=report).delete(),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()


def test_subscribers_are_told_once_when_a_release_is_signed():
    report, partner = stored.report(), make.user(Role.PARTNER)
    reader, other = make.user(Role.COORDINATOR), make.user(Role.COORDINATOR)
    country = report.country
    for user in (reader, other):
        subscribing.set_wish(country=country, wanted=True, by=user, at=make.NOW)
    subscribing.set_wish(country=country, wanted=False, by=other, at=make.NOW)

    sign(report, partner)
    sign(report, partner)

    told = Message.objects.filter(kind=subscribing.RELEASED)
    assert [(m.object_id, m.person) for m in told] == [(report.pk, reader.person)]
    assert subscribing.is_told(reader, country)
    assert not subscribing.is_told(other, country)


def test_who_may_not_read_a_countrys_reports_does_not_hear_of_them():
    report = stored.report()

    with pytest.raises(Refused):
        subscribing.set_wish(
            country=report.country, wanted=True, by=make.user(Role.EXPERT), at=make.NOW
        )


def test_a_mail_about_what_was_withdrawn_meanwhile_is_not_sent():
    report, reader = stored.report(), make.user(Role.COORDINATOR)
    subscribing.set_wish(country=report.country, wanted=True, by=reader, at=make.NOW)
    sign(report)
    message = Message.objects.get(kind=subscribing.RELEASED)
    still = [subscribing.KIND.still_true(message, Report.objects.get(pk=report.pk), make.NOW)]

    withdraw(report)
    still.append(
        subscribing.KIND.still_true(
            message, Report.objects.get(pk=report.pk), make.NOW + timedelta(hours=1)
        )
    )

    assert still == [True, False]
    assert outbox_of_django.outbox == []


def test_the_page_offers_the_next_step_and_keeps_what_was_typed(as_user):
    report, client = stored.report(profile="public"), as_user(make.user(Role.PARTNER))
    url = reverse("report_release", args=[report.pk])

    draft = client.get(url).content.decode()
    client.post(reverse("report_sign", args=[report.pk]))
    signed = client.get(url).content.decode()
    client.post(reverse("report_publish", args=[report.pk]))
    refused = client.post(reverse("report_withdraw", args=[report.pk]), {"reason": " "})
    client.post(reverse("report_withdraw", args=[report.pk]), {"reason": "Counted twice."})
    gone = client.get(url).content.decode()

    assert "Sign this release" in draft
    assert "The partner has not signed this release." in draft
    assert "Sign this release" not in signed
    assert (refused.status_code, "id_reason" in refused.content.decode()) == (200, True)
    assert "Counted twice." in gone
    assert codes(report) == ["signed", "public", "withdrawn"]


def test_a_coordinator_sees_the_release_without_the_buttons(as_user):
    report = stored.report(profile="public")

    html = (
        as_user(make.user(Role.COORDINATOR))
        .get(reverse("report_release", args=[report.pk]))
        .content.decode()
    )

    assert "Sign this release" not in html
    assert "Withdraw this release" not in html
