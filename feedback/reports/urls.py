from django.urls import path

from feedback.reports.enums import FileFormat
from feedback.reports.views import countries, page

urlpatterns = [
    path("countries/<str:code>/reports/", countries.country_reports, name="country_reports"),
    path("reports/runs/<int:pk>/", countries.report_run, name="report_run"),
    path("reports/runs/<int:pk>/cancel/", countries.report_run_cancel, name="report_run_cancel"),
    path("reports/<int:pk>/", page.report_detail, name="report_detail"),
    path("reports/<int:pk>/data/", page.report_data, name="report_data"),
    *[
        path(
            f"reports/<int:pk>/{file_format.value}",
            countries.report_file,
            {"file_format": file_format.value},
            name=f"report_{file_format.value}",
        )
        for file_format in FileFormat
    ],
]
