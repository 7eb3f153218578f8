"""Addresses of comments on anything, follows, moderation."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
