"""Who confirmed a verdict, who endorsed a material in their own name, who holds a credential."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import BLIND, DEED, OWN, WORK, Kind, Record

RECORDS = (
    Record(
        "feedback.Verdict",
        Kind.DEED,
        _("Who confirmed, signed or withdrew a verdict."),
        DEED,
        "confirmed_by second_by withdrawn_by",
        about="confirmed_by",
    ),
    Record(
        "feedback.Verdict",
        Kind.WORDS,
        _("Why people decided otherwise than the figures said."),
        WORK,
        "override_reason minority_opinion withdrawal_reason",
    ),
    Record(
        "feedback.ReleaseWaiver",
        Kind.DEED,
        _("Who let a version out without a verdict, and why."),
        DEED,
        "signed_by reason",
        about="signed_by",
    ),
    Record(
        "feedback.Endorsement",
        Kind.WORDS,
        _("What an expert says of a material in their own name, shown where they want it."),
        OWN,
        "person words shows_name signed_at revoked_at revoked_because",
        plain="version sha256",
        about="person",
        whole=True,
    ),
    Record(
        "feedback.Credential",
        Kind.KEY,
        _("The proof of work that an expert takes home."),
        OWN,
        "key kind verdict person token issued_at revoked_at revoked_because",
        about="person",
        whole=True,
    ),
    Record(
        "feedback.Participation",
        Kind.KEY,
        _("What a certificate says of somebody who asked for it: name, days, sessions, hours."),
        OWN,
        "credential name starts_on ends_on entries minutes competences competence sha256",
        about="credential__person",
        whole=True,
    ),
    Record(
        "feedback.AgeingSign",
        Kind.DEED,
        _("Who settled a sign of ageing, and how."),
        DEED,
        "settled_by reason",
        about="settled_by",
    ),
    Record(
        "feedback.Wave",
        Kind.DEED,
        _("Who asked a panel a second time."),
        DEED,
        "opened_by",
        about="opened_by",
    ),
    Record(
        "feedback.SecondRating",
        Kind.WORDS,
        _("What a code says when asked again."),
        BLIND,
        "assignment score not_applicable comment",
        plain="wave criterion",
        whole=True,
    ),
)
PLAIN = {
    "feedback.Verdict": "key sha256 reasons basis",
    "feedback.AgeingSign": "detail",
    "feedback.Wave": "rule",
}
