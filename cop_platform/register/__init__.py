"""Every address by its name: who it is for, and what kind of object it shows."""

from __future__ import annotations

from cop_platform.common.routes import Route
from cop_platform.register import (
    accounts,
    actions,
    easy_forms,
    experts,
    focus_groups,
    forming,
    health,
    ideas,
    materials,
    people,
    practices,
    questions,
    reports,
    reviews,
    search,
    sessions,
    stories,
    talk,
    validation,
    watch,
)

REGISTER: dict[str, Route] = {
    **accounts.ROUTES,
    **experts.ROUTES,
    **sessions.ROUTES,
    **actions.ROUTES,
    **materials.ROUTES,
    **forming.ROUTES,
    **people.ROUTES,
    **practices.ROUTES,
    **ideas.ROUTES,
    **questions.ROUTES,
    **stories.ROUTES,
    **watch.ROUTES,
    **talk.ROUTES,
    **health.ROUTES,
    **search.ROUTES,
    **reviews.ROUTES,
    **focus_groups.ROUTES,
    **easy_forms.ROUTES,
    **validation.ROUTES,
    **reports.ROUTES,
}
