"""Addresses of stories."""

from __future__ import annotations

from django.urls import path

from practices.views import stories, words

urlpatterns = [
    path("stories/", stories.story_list, name="story_list"),
    path("stories/new/", stories.story_new, name="story_new"),
    path("stories/<int:pk>/", stories.story_detail, name="story_detail"),
    path("stories/<int:pk>/edit/", stories.story_edit, name="story_edit"),
    path("stories/<int:pk>/take-back/", stories.story_take_back, name="story_take_back"),
    path("stories/<int:pk>/words/", words.story_words, name="story_words"),
    path("stories/<int:pk>/clip/", stories.story_clip, name="story_clip"),
]
