from django.urls import include, path

urlpatterns = [
    path("", include("feedback.reports.urls")),
    path("", include("feedback.validation.urls")),
    path("", include("feedback.focus_groups.urls")),
    path("", include("feedback.focus_groups.easy_urls")),
    path("", include("feedback.reviews.urls")),
    path("", include("feedback.changes.urls")),
]
