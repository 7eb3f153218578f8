"""Addresses of the change watch."""

from __future__ import annotations

from django.urls import path

from practices.views import watch

urlpatterns = [
    path("watch/", watch.watch_list, name="watch_list"),
    path("watch/new/", watch.watch_new, name="watch_new"),
    path("watch/<int:pk>/", watch.watch_detail, name="watch_detail"),
    path("watch/<int:pk>/edit/", watch.watch_edit, name="watch_edit"),
    path("watch/<int:pk>/close/", watch.watch_close, name="watch_close"),
    path("watch/<int:pk>/add/", watch.watch_add, name="watch_add"),
    path("watch/targets/<int:pk>/", watch.watch_settle, name="watch_settle"),
]
