"""Addresses of how communities form: charters, circles, interest polls, life stages."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
