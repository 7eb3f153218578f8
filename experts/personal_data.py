"""What is known about people, their accounts and the mails to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import AUDIT, DEED, MAIL, OWN, PASSING, Kind, Record

RECORDS = (
    Record(
        "experts.User",
        Kind.KEY,
        _("The account somebody signs in with."),
        OWN,
        "password last_login email is_active date_joined public_code session_generation",
        about="person",
        whole=True,
    ),
    Record(
        "experts.Person",
        Kind.IDENTITY,
        _("Who takes part, how to reach them, in which language and time zone."),
        OWN,
        "user name email country partner language languages zone in_directory ask_me_about",
        about="pk",
        whole=True,
    ),
    Record(
        "experts.Expert",
        Kind.IDENTITY,
        _("What an expert knows, so that a panel is mixed and nobody is asked too often."),
        OWN,
        "person profession years groups verified_by most_reviews away_from away_until",
        about="person",
        whole=True,
    ),
    Record(
        "experts.Membership",
        Kind.IDENTITY,
        _("Which rights somebody has, and since when."),
        OWN,
        "person cop role stage joined_on left_on",
        about="person",
        whole=True,
    ),
    Record(
        "experts.AccountInvitation",
        Kind.DEED,
        _("Who invited whom, and until when the link works."),
        OWN,
        "person cop role invited_by invited_at expires_at accepted_at revoked_at",
        plain="generation",
        about="person",
        whole=True,
    ),
    Record(
        "experts.ImportRun",
        Kind.IDENTITY,
        _("A list of experts while it is read in."),
        PASSING,
        "listing requested_by",
    ),
    Record(
        "experts.AuditEvent",
        Kind.DEED,
        _("Who did what and when, by a code: it stays true when the name is gone."),
        AUDIT,
        "actor detail",
    ),
    Record(
        "experts.Message",
        Kind.MAIL,
        _("Which mail somebody got, and whether it arrived."),
        MAIL,
        "kind object_id person channel due_at not_after state attempts language zone payload "
        "subject created_at sent_at last_error not_sent digest link delivered_at bounced_at "
        "answered_at read_at message_id key",
        plain="lease_until",
        about="person",
        whole=True,
    ),
    Record(
        "experts.MailHabits",
        Kind.CHOICE,
        _("When somebody wants no mails."),
        OWN,
        "person quiet_from quiet_until weekends",
        about="person",
        whole=True,
    ),
    Record(
        "experts.MessagePreference",
        Kind.CHOICE,
        _("Which mails somebody wants, and how often."),
        OWN,
        "person topic channel cadence",
        about="person",
        whole=True,
    ),
    Record(
        "experts.SuppressedAddress",
        Kind.MAIL,
        _("Addresses that came back or asked for no more mails."),
        MAIL,
        "email since why detail message",
        whole=True,
    ),
    Record(
        "experts.SendingPause",
        Kind.DEED,
        _("Who stopped all mails."),
        DEED,
        "by",
        about="by",
    ),
    Record(
        "experts.MailText",
        Kind.DEED,
        _("Who wrote the words of a mail."),
        DEED,
        "written_by",
        about="written_by",
    ),
)
PLAIN = {
    "experts.Country": "code iso_code name zone",
    "experts.Partner": "name kind",
    "experts.CommunityOfPractice": "name",
    "experts.Charter": "domain purpose",
    "experts.Topic": "name",
    "experts.AuditEvent": "deed object_kind",
    "experts.ImportRun": "step reason token",
    "experts.MailText": "kind subject body",
}
