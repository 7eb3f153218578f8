"""What sessions ask of the room of reviews: who reviews the materials a session shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from experts.domain.links import absolute
from experts.models import Person
from feedback.reviews.domain import identity
from feedback.reviews.models import Assignment
from sessions.domain.audiences import OpenWork
from sessions.models import CopSession


def asked(sessions: Sequence[CopSession]) -> Mapping[int, list[Person]]:
    """By session id, everybody of its host countries asked to review what it shows.

    Those who have sent their review are among them, so that a plan tells nothing. A session of
    the whole project has reviewers of every country.
    """
    keys = [session.pk for session in sessions]
    shows: dict[int, set[int]] = defaultdict(set)
    links = CopSession.materials.through.objects.filter(copsession__in=keys)
    for session_id, material_id in links.values_list("copsession_id", "material_id"):
        shows[session_id].add(material_id)
    hosts: dict[int, set[int | None]] = defaultdict(set)
    host_links = CopSession.host_cops.through.objects.filter(copsession__in=keys)
    for row in host_links.values_list("copsession_id", "communityofpractice__country_id"):
        hosts[row[0]].add(row[1])
    rows = identity.asked_about({pk for found in shows.values() for pk in found})
    people: dict[int, dict[int, Person]] = defaultdict(dict)
    for session_id, materials in shows.items():
        for material_id, country_id, person in rows:
            is_host = country_id in hosts[session_id] or None in hosts[session_id]
            if material_id in materials and is_host:
                people[session_id][person.pk] = person
    return {session_id: list(found.values()) for session_id, found in people.items()}


def open_work(session: CopSession, person: Person) -> list[OpenWork]:
    """The reviews of a session's materials that this person still owes."""
    found = Assignment.objects.wanted().filter(
        reviewer_code__in=identity.codes_of(person),
        round__version__material__in=session.materials.values("pk"),
    )
    return [
        OpenWork(assignment.round.version.material.title, absolute("review_desk", assignment.pk))
        for assignment in found.with_version()
    ]
