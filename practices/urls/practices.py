"""Addresses of good practices, their versions, checks and adoptions."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
