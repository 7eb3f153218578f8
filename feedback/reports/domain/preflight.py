"""What has to be mended before a report can be made public."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feedback.reports.enums import Step
from feedback.reports.models import Report


@dataclass(frozen=True)
class Fault:
    """What is missing, in a sentence, and the address of the page where it is mended."""

    sentence: str
    url: str


Check = Callable[[Report], Iterable[Fault]]
_checks: list[Check] = []


def register(check: Check) -> None:
    """Adds a check; called in AppConfig.ready."""
    if check not in _checks:
        _checks.append(check)


def faults(report: Report) -> list[Fault]:
    """Everything that stands between this release and everybody, in the order of registration."""
    return [fault for check in (_signed, *_checks) for fault in check(report)]


def _signed(report: Report) -> Iterable[Fault]:
    if not report.steps.filter(step=Step.SIGNED).exists():
        yield Fault(_("The partner has not signed this release."), report.get_absolute_url())
