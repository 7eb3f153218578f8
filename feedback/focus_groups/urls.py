from django.urls import URLPattern

from feedback.focus_groups import easy_urls

urlpatterns: list[URLPattern] = [
    *easy_urls.urlpatterns,
]
