"""The request of a signed-in person, as the route guard lets it through to a view."""

from __future__ import annotations

from django.http import HttpRequest

from experts.models import User


class MemberRequest(HttpRequest):
    """For annotations only: behind the guard `user` is a member, never anonymous."""

    user: User
