"""Addresses of how healthy the communities are."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
