"""What several parts of a country's world stand on."""

from __future__ import annotations

from dataclasses import dataclass

from experts.models import Person, User
from feedback.models import ReviewRound
from materials.models import Erratum, Version
from sessions.models import CopSession, Invitation
from tests import factories as make
from tests.feedback import world as reviews
from tests.materials import drawings


@dataclass(frozen=True)
class Ground:
    """A session with its guest, and a drawn version under review with the one that mended it."""

    code: str
    session: CopSession
    guest: Person
    invitation: Invitation
    version: Version
    mended: Version
    review_round: ReviewRound

    @property
    def planner(self) -> User:
        """The coordinator of the country."""
        return self.session.planned_by.user


def ground(code: str) -> Ground:
    """The ground of a country; it takes the first keys of its kinds."""
    session = make.cop_session(code)
    guest = make.person(code=code)
    version = make.version(make.material(code))
    drawings.ready(version, pdf=drawings.stored(b"%PDF-1.7"))
    mended = make.version(version.material)
    Erratum.objects.create(version=mended, corrects=version)
    return Ground(
        code=code,
        session=session,
        guest=guest,
        invitation=make.invitation(session, guest),
        version=version,
        mended=mended,
        review_round=reviews.review_round(code, by=session.planned_by.user, version=version),
    )
