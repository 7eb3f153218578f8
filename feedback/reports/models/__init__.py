"""Reports: their releases and files, what is asked for, the funder's words, and the plan."""

from feedback.reports.models.cuts import ReportCut
from feedback.reports.models.funding import FundingText, Grant, Logo
from feedback.reports.models.plan import IndicatorTarget
from feedback.reports.models.releases import ReleaseStep, Report, ReportFile, ReportRun
from feedback.reports.models.subscriptions import ReportSubscription

__all__ = [
    "FundingText",
    "Grant",
    "IndicatorTarget",
    "Logo",
    "ReleaseStep",
    "Report",
    "ReportCut",
    "ReportFile",
    "ReportRun",
    "ReportSubscription",
]
