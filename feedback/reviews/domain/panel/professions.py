"""What a profession counts as on a panel, and which materials it fits: two tables to argue over.

A *practitioner* does with migrants, week by week, what materials are about. Whoever has lived it
counts for a quota of their own and not for this one, so that one person never fills both; a
researcher knows the field and does not do the work. Everybody else in the list does.
"""

from __future__ import annotations

from experts.enums import Profession
from materials.enums import MaterialAudience, MaterialType

LIVED = frozenset({Profession.LIVED_EXPERIENCE})
PRACTITIONERS = frozenset(Profession) - LIVED - {Profession.RESEARCHER}

# Who works with the people a material is written for.
FITS_AUDIENCE = {
    MaterialAudience.MENTORS: frozenset(
        {
            Profession.CASE_WORKER,
            Profession.CAREER_COUNSELLOR,
            Profession.VOLUNTEER_COORDINATOR,
            Profession.INTERCULTURAL_MEDIATOR,
        }
    ),
    MaterialAudience.MIGRANTS: frozenset(
        {
            Profession.LIVED_EXPERIENCE,
            Profession.LANGUAGE_TEACHER,
            Profession.INTERCULTURAL_MEDIATOR,
            Profession.CASE_WORKER,
        }
    ),
    MaterialAudience.EXPERTS: frozenset(
        {
            Profession.RESEARCHER,
            Profession.PSYCHOLOGIST,
            Profession.LEGAL_ADVISER,
            Profession.RECOGNITION_OFFICER,
        }
    ),
}
# Whose craft a kind of material is.
FITS_TYPE = {
    MaterialType.MODULE: frozenset({Profession.LANGUAGE_TEACHER, Profession.DIGITAL_TRAINER}),
    MaterialType.VIDEO: frozenset({Profession.LANGUAGE_TEACHER, Profession.DIGITAL_TRAINER}),
    MaterialType.PLATFORM: frozenset({Profession.DIGITAL_TRAINER}),
    MaterialType.WORKBOOK: frozenset({Profession.LANGUAGE_TEACHER, Profession.CAREER_COUNSELLOR}),
    MaterialType.TEMPLATE: frozenset({Profession.CAREER_COUNSELLOR, Profession.EMPLOYER_LIAISON}),
    MaterialType.PACK: frozenset({Profession.CASE_WORKER, Profession.VOLUNTEER_COORDINATOR}),
}
