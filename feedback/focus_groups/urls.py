from django.urls import URLPattern, path

from feedback.focus_groups.views import retention

urlpatterns: list[URLPattern] = [
    path("retention/", retention.retention_page, name="retention"),
    path("retention/<str:kind>/", retention.retention_edit, name="retention_edit"),
]
