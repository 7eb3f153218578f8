"""Who asked for, released and follows reports; the reports themselves count and quote."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, OWN, WORK, Kind, Record

RECORDS = (
    Record(
        "feedback.Report",
        Kind.WORDS,
        _("The figures and words of a release; counts of people under five are merged."),
        WORK,
        "dataset",
    ),
    Record(
        "feedback.ReportFile",
        Kind.WORDS,
        _("The same as a document."),
        WORK,
        "file",
    ),
    Record(
        "feedback.ReleaseStep",
        Kind.DEED,
        _("Who released, signed or withdrew a report, and why."),
        DEED,
        "by reason",
        about="by",
    ),
    Record(
        "feedback.ReportRun",
        Kind.DEED,
        _("Who asked for a report."),
        DEED,
        "requested_by",
        about="requested_by",
    ),
    Record(
        "feedback.ReportCut",
        Kind.DEED,
        _("Who named a report."),
        DEED,
        "created_by",
        about="created_by",
    ),
    Record(
        "feedback.FundingText",
        Kind.DEED,
        _("Who signed off the funder's words."),
        DEED,
        "signed_off_by",
        about="signed_off_by",
    ),
    Record(
        "feedback.ReportSubscription",
        Kind.CHOICE,
        _("Who wants to hear of new reports."),
        OWN,
        "person country since",
        about="person",
        whole=True,
    ),
)
PLAIN = {
    "feedback.Report": "language template_version dataset_sha256",
    "feedback.ReportFile": "sha256",
    "feedback.ReportRun": "step reason language",
    "feedback.ReportCut": "name sections",
    "feedback.Grant": "acronym title number authority result emblem emblem_words",
    "feedback.FundingText": "language statement disclaimer",
    "feedback.Logo": "picture",
    "feedback.IndicatorTarget": "key",
}
