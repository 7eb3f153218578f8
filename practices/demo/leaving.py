"""The demo's leavers: of the one two promises are nobody's, and a story tells what should stay.

The other one leaves in three weeks, and Today asks for a story.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import experts.demo
from experts.demo import MONTHS
from experts.domain import outbox
from experts.enums import Profession
from experts.models import CommunityOfPractice, Membership, Person, User
from practices.enums import Occasion, ValueCycle
from practices.models import Story
from sessions.domain.actions import telling, writing
from sessions.domain.actions.writing import ActionPlan, Source

LOCAL = "left.es-01"
LEFT = timedelta(days=9)
LEAVES_SOON = "expert.es-05"
IN_THREE_WEEKS = timedelta(days=21)
# Each with its countries and its day, in days from the anchor.
_PROMISED = (
    (("ES",), "Ask the housing office who answers our letters", 11),
    (("ES", "IT"), "One sheet on which papers families bring first", 26),
)
_STORY = (
    "Three things the next one should not have to find out",
    "Families come with the papers of the children first: begin there, and the rest follows. Ring "
    "the housing office before ten, after that nobody answers. And let people sit where they see "
    "the door.\n\nMy list of names lies in the blue folder; ask them whether they still want to "
    "be called.",
)


def seed(anchor: date) -> None:
    """Creates the leaver once, told from the day `anchor`, and lets another one leave soon."""
    if Person.objects.filter(email=f"{LOCAL}@{experts.demo.DOMAIN}").exists():
        return
    cops = {
        cop.country.code: cop
        for cop in CommunityOfPractice.objects.select_related("country")
        if cop.country
    }
    person = experts.demo.add_expert(
        cops["ES"],
        local=LOCAL,
        name=f"{Profession.CASE_WORKER.label} ES-08",
        profession=Profession.CASE_WORKER,
        months=MONTHS,
        anchor=anchor,
    )
    _promises(person, cops, anchor)
    _tells(person, anchor)
    _leaves(person, anchor - LEFT)
    soon = Membership.objects.current().filter(person__email=f"{LEAVES_SOON}@{experts.demo.DOMAIN}")
    soon.update(left_on=anchor + IN_THREE_WEEKS + timedelta(days=1))


def _promises(owner: Person, cops: dict[str, CommunityOfPractice], anchor: date) -> None:
    lead = User.objects.get(email=f"coordinator.es@{experts.demo.DOMAIN}")
    at = datetime.combine(anchor - timedelta(days=40), time(9), UTC)
    for codes, title, days in _PROMISED:
        plan = ActionPlan(
            title=title,
            owner=owner,
            due_on=anchor + timedelta(days=days),
            cops=tuple(cops[code] for code in codes),
        )
        action = writing.write(plan=plan, source=Source(), by=lead, at=at)
        # Nobody writes to somebody who has left.
        outbox.withdraw(kinds=telling.KINDS, object_ids=[action.pk])


def _tells(teller: Person, anchor: date) -> None:
    title, text = _STORY
    Story.objects.create(
        title=title,
        text=text,
        language="en",
        occasion=Occasion.LEAVING,
        cycle=ValueCycle.APPLIED,
        teller=teller,
        country=teller.country,
        told_on=anchor - LEFT - timedelta(days=5),
    )


def _leaves(person: Person, day: date) -> None:
    """The last role ends, and the account is closed."""
    person.memberships.current().update(left_on=day)
    User.objects.filter(person=person).update(is_active=False)
