"""Of which country a page of codes and themes speaks: one at a time."""

from __future__ import annotations

from experts import reference
from experts.models import Country, User
from feedback.focus_groups.enums import HOSTS


def open_to(user: User, *, all_for_manager: bool) -> list[Country]:
    """The countries somebody runs groups in, by code; for the manager all, where that is meant."""
    own = user.access.countries(*HOSTS)
    everything = all_for_manager and user.access.is_manager
    return [country for country in reference.countries() if everything or country.pk in own]


def chosen(user: User, among: list[Country], code: str) -> Country | None:
    """The one asked for by its code, without a code the person's own or else the first.

    None where the code is of no country among them.
    """
    if code:
        return next((country for country in among if country.code == code.upper()), None)
    home = [country for country in among if country.pk == user.person.country_id]
    return next(iter(home or among), None)
