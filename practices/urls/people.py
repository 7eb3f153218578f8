"""Addresses of members to members: buddies, coffee, offers, help, thanks."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
