"""Addresses of what the community learns, part by part."""

from practices.urls import (
    forming,
    health,
    ideas,
    people,
    practices,
    questions,
    stories,
    talk,
    watch,
)

urlpatterns = [
    *forming.urlpatterns,
    *health.urlpatterns,
    *ideas.urlpatterns,
    *people.urlpatterns,
    *practices.urlpatterns,
    *questions.urlpatterns,
    *stories.urlpatterns,
    *talk.urlpatterns,
    *watch.urlpatterns,
]
