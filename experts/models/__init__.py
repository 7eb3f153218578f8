"""WHO: countries, communities, people, roles, and every mail to a person."""

from experts.models.accounts import User, UserManager
from experts.models.audit import AuditEvent
from experts.models.communities import Charter, CommunityOfPractice, Country, Partner, Topic
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
    "User",
    "UserManager",
]
