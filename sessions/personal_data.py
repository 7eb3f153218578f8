"""Who was invited to which session, what they answered, and who planned it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, MAIL, OWN, PASSING, WORK, Kind, Record

_ANSWERS = _("Who was asked to come, what they answered, and how.")

RECORDS = (
    Record(
        "cop_sessions.Invitation",
        Kind.CHOICE,
        _ANSWERS,
        OWN,
        "session person invited_by invited_at answer answered_at answered_by note asked_through "
        "opened_at replied_stamp seat waiting_since offer_until suggested sponsor consented_at",
        plain="generation answered_sequence",
        about="person",
        whole=True,
    ),
    Record(
        "cop_sessions.SeriesInvitation",
        Kind.CHOICE,
        _ANSWERS,
        OWN,
        "series person invited_by invited_at",
        plain="generation",
        about="person",
        whole=True,
    ),
    Record(
        "cop_sessions.DutyHolder",
        Kind.DEED,
        _("Who leads, writes down or interprets in a session."),
        DEED,
        "session person duty languages",
        about="person",
        whole=True,
    ),
    Record(
        "cop_sessions.PollVoter",
        Kind.CHOICE,
        _("Who was asked which days suit."),
        OWN,
        "poll person asked_at voted_at",
        plain="generation",
        about="person",
        whole=True,
    ),
    Record(
        "cop_sessions.PollVote",
        Kind.CHOICE,
        _("Which days suit somebody."),
        OWN,
        "voter slot suits",
        about="voter__person",
        whole=True,
    ),
    Record(
        "cop_sessions.Feed",
        Kind.KEY,
        _("The calendar somebody takes home."),
        OWN,
        "owner scope cop alarm token_hash created_at rotated_at",
        plain="generation",
        about="owner",
        whole=True,
    ),
    Record(
        "cop_sessions.InboundMail",
        Kind.MAIL,
        _("Answers that came by a calendar program."),
        MAIL,
        "message_id received_at sender method uid result reason calendar session person "
        "handled_by handled_at",
        about="person",
        whole=True,
    ),
    Record(
        "cop_sessions.Proposal",
        Kind.CHOICE,
        _("Another time that somebody proposed."),
        OWN,
        "session person mail starts_at ends_at comment proposed_at state decided_by decided_at",
        plain="sequence",
        about="person",
        whole=True,
    ),
    Record(
        "cop_sessions.CopSession",
        Kind.DEED,
        _("Who planned a session."),
        DEED,
        "planned_by",
        about="planned_by",
    ),
    Record(
        "cop_sessions.CopSession",
        Kind.WORDS,
        _("A title or a place may name somebody, a meeting link lets in whoever holds it."),
        WORK,
        "title purpose place online_link cancel_reason",
    ),
    Record(
        "cop_sessions.Series",
        Kind.DEED,
        _("Who planned a series."),
        DEED,
        "planned_by",
        about="planned_by",
    ),
    Record(
        "cop_sessions.BusyPeriod",
        Kind.DEED,
        _("Who entered a busy time of a country."),
        DEED,
        "entered_by",
        about="entered_by",
    ),
    Record(
        "cop_sessions.Method",
        Kind.DEED,
        _("Who changed a method last."),
        DEED,
        "changed_by",
        about="changed_by",
    ),
    Record(
        "cop_sessions.KindTemplate",
        Kind.DEED,
        _("Who changed a template last."),
        DEED,
        "changed_by",
        about="changed_by",
    ),
    Record(
        "cop_sessions.Poll",
        Kind.DEED,
        _("Who asked for days."),
        DEED,
        "created_by",
        about="created_by",
    ),
    Record(
        "cop_sessions.UndoWindow",
        Kind.DEED,
        _("Who did what can still be taken back, and what was there before."),
        PASSING,
        "by before",
        about="by",
    ),
)
PLAIN = {
    "cop_sessions.BusyPeriod": "name",
    "cop_sessions.Series": "title rule zone exceptions uid",
    "cop_sessions.Room": "name address",
    "cop_sessions.CopSession": "zone uid languages duties_needed reminders zone_rules documents",
    "cop_sessions.AgendaStep": "title",
    "cop_sessions.Method": "name purpose steps",
    "cop_sessions.KindTemplate": "steps duties_needed reminders documents",
    "cop_sessions.Poll": "title purpose zone",
}
