"""Addresses of how healthy the communities are."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views import health

urlpatterns: list[URLPattern] = [
    path("health/", health.health_project, name="health_project"),
    path("health/radar/", health.health_radar, name="health_radar"),
    path("health/months/", health.health_coverage, name="health_coverage"),
    path("health/pulse/", health.health_pulse, name="health_pulse"),
    path("health/figures.csv", health.health_csv, name="health_csv"),
    path("health/figures.xlsx", health.health_xlsx, name="health_xlsx"),
    path("health/<str:code>/", health.health_country, name="health_country"),
    path("health/<str:code>/learned/", health.health_learned, name="health_learned"),
]
