"""A release goes from draft to signed by its partner, to public, or is withdrawn with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.reports import permissions
from feedback.reports.domain import preflight, subscribing
from feedback.reports.domain.preflight import Fault
from feedback.reports.enums import Profile, Step
from feedback.reports.models import ReleaseStep, Report

REASON_LENGTH = 2000


class StepNotPossible(NotPossible):
    """The release stands elsewhere; the message says where."""


class NotReady(NotPossible):
    """Something has to be mended before everybody may read it; `faults` names each."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


def taken(report: Report) -> set[str]:
    """The steps this release has taken, as codes; uses what was loaded with it."""
    return {step.step for step in report.steps.all()}


@transaction.atomic
def sign(*, report_id: int, by: User, at: datetime) -> Report:
    """The partner stands behind the release; subscribers are told. Signing twice changes nothing.

    Raises Refused, StepNotPossible.
    """
    report = _locked(report_id, by)
    done = taken(report)
    if Step.WITHDRAWN in done:
        raise StepNotPossible(_("This release was withdrawn, so it is not signed any more."))
    if Step.SIGNED not in done:
        _take(report, Step.SIGNED, by, at)
        subscribing.tell(report, at=at)
    return report


@transaction.atomic
def publish(*, report_id: int, by: User, at: datetime) -> Report:
    """Everybody may read the release. Publishing twice changes nothing.

    Raises Refused, StepNotPossible, NotReady while the pre-flight finds a fault.
    """
    report = _locked(report_id, by)
    done = taken(report)
    if Step.WITHDRAWN in done:
        raise StepNotPossible(_("This release was withdrawn, so it is not made public any more."))
    if report.profile != Profile.PUBLIC:
        raise StepNotPossible(
            _("This release is for the agency and auditors; compile one for everybody.")
        )
    if Step.PUBLIC not in done:
        if faults := preflight.faults(report):
            raise NotReady(faults)
        _take(report, Step.PUBLIC, by, at)
    return report


@transaction.atomic
def withdraw(*, report_id: int, reason: str, by: User, at: datetime) -> Report:
    """Nobody shall rely on the release any more; it stays readable with the reason.

    Raises Refused, StepNotPossible.
    """
    report = _locked(report_id, by)
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH:
        raise StepNotPossible(_("Say in a few sentences why the release is withdrawn."))
    if Step.WITHDRAWN in taken(report):
        raise StepNotPossible(_("This release was withdrawn before."))
    _take(report, Step.WITHDRAWN, by, at, reason=said)
    return report


def _locked(report_id: int, by: User) -> Report:
    """The release, held against a second hand, for somebody who may sign it."""
    report = Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report_id)
    permissions.may_sign(by, report.country_id)
    return report


def _take(report: Report, step: Step, by: User, at: datetime, reason: str = "") -> None:
    ReleaseStep.objects.create(report=report, step=step, by=by.person, at=at, reason=reason)
    audit.record(
        deed=f"report {step.value}",
        about=report,
        by=by,
        at=at,
        country_id=report.country_id,
        number=report.number,
    )
