"""Addresses of comments on anything, follows, moderation."""

from __future__ import annotations

from django.urls import URLPattern, path

from practices.views.talk import comments, moderation, threads

urlpatterns: list[URLPattern] = [
    path("talk/", threads.talk_list, name="talk_list"),
    path("talk/read/", threads.talk_all_read, name="talk_all_read"),
    path("talk/moderation/", moderation.moderation_list, name="moderation_list"),
    path("talk/<slug:kind>/<int:pk>/", threads.talk_thread, name="talk_thread"),
    path("talk/<slug:kind>/<int:pk>/follow/", threads.talk_follow, name="talk_follow"),
    path("comments/<int:pk>/", comments.comment_detail, name="comment_detail"),
    path("comments/<int:pk>/edit/", comments.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", comments.comment_delete, name="comment_delete"),
    path("comments/<int:pk>/restore/", comments.comment_restore, name="comment_restore"),
    path("comments/<int:pk>/translate/", comments.comment_translate, name="comment_translate"),
    path("comments/<int:pk>/report/", comments.comment_report, name="comment_report"),
    path("comments/<int:pk>/take-down/", moderation.comment_take_down, name="comment_take_down"),
    path("comments/<int:pk>/put-back/", moderation.comment_put_back, name="comment_put_back"),
    path("comments/<int:pk>/keep/", moderation.comment_keep, name="comment_keep"),
]
