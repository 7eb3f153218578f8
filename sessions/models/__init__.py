"""WHEN: sessions and series, invitations, polls, and what passes between calendars."""

from sessions.models.actions import ActionItem, Lesson
from sessions.models.busy_times import BusyPeriod
from sessions.models.calendars import Feed, InboundMail, Proposal
from sessions.models.goals import Goal
from sessions.models.handovers import ActionHandOver
from sessions.models.invitations import Invitation, SeriesInvitation
from sessions.models.library import KindTemplate, Method
from sessions.models.polls import Poll, PollQuorum, PollSlot, PollVote, PollVoter
from sessions.models.series import Series
from sessions.models.sessions import AgendaStep, CopSession, CountrySeats, DutyHolder, Room
from sessions.models.undo import UndoWindow

__all__ = [
    "ActionHandOver",
    "ActionItem",
    "AgendaStep",
    "BusyPeriod",
    "CopSession",
    "CountrySeats",
    "DutyHolder",
    "Feed",
    "Goal",
    "InboundMail",
    "Invitation",
    "KindTemplate",
    "Lesson",
    "Method",
    "Poll",
    "PollQuorum",
    "PollSlot",
    "PollVote",
    "PollVoter",
    "Proposal",
    "Room",
    "Series",
    "SeriesInvitation",
    "UndoWindow",
]
