from django.urls import path

from feedback.reports import views
from feedback.reports.enums import FileFormat

urlpatterns = [
    path("countries/<str:code>/reports/", views.country_reports, name="country_reports"),
    path("reports/runs/<int:pk>/", views.report_run, name="report_run"),
    path("reports/runs/<int:pk>/cancel/", views.report_run_cancel, name="report_run_cancel"),
    *[
        path(
            f"reports/<int:pk>/{file_format.value}",
            views.report_file,
            {"file_format": file_format.value},
            name=f"report_{file_format.value}",
        )
        for file_format in FileFormat
    ],
]
