"""WHO: countries, communities, people, roles, and every mail to a person."""

from experts.models.accounts import User, UserManager
from experts.models.audit import AuditEvent
from experts.models.charters import (
    Charter,
    CharterAcceptance,
    CharterVote,
    Topic,
    TopicProposal,
)
from experts.models.communities import CommunityOfPractice, Country, Partner
from experts.models.imports import ImportRun
from experts.models.messages import (
    Heartbeat,
    MailHabits,
    MailText,
    Message,
    MessagePreference,
    SendingPause,
    SuppressedAddress,
)
from experts.models.people import AccountInvitation, Expert, Membership, Person

__all__ = [
    "AccountInvitation",
    "AuditEvent",
    "Charter",
    "CharterAcceptance",
    "CharterVote",
    "CommunityOfPractice",
    "Country",
    "Expert",
    "Heartbeat",
    "ImportRun",
    "MailHabits",
    "MailText",
    "Membership",
    "Message",
    "MessagePreference",
    "Partner",
    "Person",
    "SendingPause",
    "SuppressedAddress",
    "Topic",
    "TopicProposal",
    "User",
    "UserManager",
]
