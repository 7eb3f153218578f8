"""Django's admin as a reading room: for the platform admin, behind the same log-in, read-only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse


class ReadingSite(admin.AdminSite):
    """Has no log-in of its own: the one log-in has the rate limits and the second factor."""

    site_header = "CoP Platform"
    site_title = "CoP Platform"
    index_title = "Reading room"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and request.user.is_staff)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect_to_login(request.get_full_path())


site = ReadingSite(name="admin")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Looks, never writes; changes go through the platform's own pages."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
