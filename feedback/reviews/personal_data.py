"""Reviews under codes, and who stands behind a code: one table, read by one service."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import BLIND, DEED, OWN, WORK, Kind, Record

_REVIEW = _("What an expert thinks of a material, under a code.")

RECORDS = (
    Record(
        "feedback.ReviewerIdentity",
        Kind.IDENTITY,
        _("Who stands behind a reviewer's code."),
        BLIND,
        "round person",
        whole=True,
    ),
    Record(
        "feedback.Assignment",
        Kind.CHOICE,
        _("What a code was asked to review, and whether it did."),
        BLIND,
        "round reviewer_code country due_on submitted_on released_on reopened_on accepted_on "
        "declined_on decline_reason reads_language calibration",
        whole=True,
    ),
    Record(
        "feedback.Draft",
        Kind.WORDS,
        _REVIEW,
        BLIND,
        "assignment answers writer saved_at",
        plain="revision",
        whole=True,
    ),
    Record(
        "feedback.Rating",
        Kind.WORDS,
        _REVIEW,
        BLIND,
        "assignment score not_applicable na_reason comment suggestion confidence",
        plain="criterion wording kind weight",
        whole=True,
    ),
    Record(
        "feedback.Reopening",
        Kind.WORDS,
        _("Why somebody wants to open a sent review again."),
        BLIND,
        "assignment reason asked_on answered_on allowed",
        whole=True,
    ),
    Record(
        "feedback.Annotation",
        Kind.WORDS,
        _REVIEW,
        BLIND,
        "assignment kind mark text",
        plain="page quote prefix suffix start end boxes from_second to_second text_hash "
        "client_key version criterion revision",
        whole=True,
    ),
    Record(
        "feedback.FixCheck",
        Kind.WORDS,
        _("Whether a code finds its remark fixed."),
        BLIND,
        "assignment annotation answer note",
        whole=True,
    ),
    Record(
        "feedback.Reply",
        Kind.WORDS,
        _("What was answered to a remark, by a code or by somebody of the staff."),
        BLIND,
        "annotation rating voice assignment person text on",
        plain="position",
        whole=True,
    ),
    Record(
        "feedback.ConflictOfInterest",
        Kind.IDENTITY,
        _("Why somebody does not review a material."),
        OWN,
        "person material reason declared_by declared_at waived_by waived_at waiver_reason",
        about="person",
        whole=True,
    ),
    Record(
        "feedback.ReviewRound",
        Kind.DEED,
        _("Who opened a round."),
        DEED,
        "opened_by",
        about="opened_by",
    ),
    Record(
        "feedback.RoundGroup",
        Kind.DEED,
        _("Who opened rounds together."),
        DEED,
        "opened_by",
        about="opened_by",
    ),
    Record(
        "feedback.PhaseChange",
        Kind.DEED,
        _("Who moved a round on."),
        DEED,
        "by",
        about="by",
    ),
    Record(
        "feedback.RoundResponse",
        Kind.DEED,
        _("Who wrote the answer to a round."),
        DEED,
        "written_by",
        about="written_by",
    ),
    Record(
        "feedback.RoundResponse",
        Kind.WORDS,
        _("What the team answered to the reviewers."),
        WORK,
        "text",
    ),
    Record(
        "feedback.ValidationPolicy",
        Kind.DEED,
        _("Who froze a policy."),
        DEED,
        "frozen_by",
        about="frozen_by",
    ),
)
PLAIN = {
    "feedback.Rubric": "name guidance",
    "feedback.Criterion": "code text anchors",
    "feedback.CalibrationSample": "title text expected",
    "feedback.ValidationPolicy": "name rules",
    "feedback.RoundGroup": "name",
    "feedback.ReviewRound": "instruction",
    # Where in a version a remark stood, carried to the next version.
    "feedback.CarriedAnnotation": "quote prefix suffix boxes text_hash extractor",
}
