from django.urls import path

from feedback.reports.enums import FileFormat
from feedback.reports.views import countries as views
from feedback.reports.views import cuts, funding, plan

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

urlpatterns += [
    path("reports/consortium/", cuts.report_consortium, name="report_consortium"),
    path("reports/cuts/", cuts.cut_list, name="cut_list"),
    path("reports/cuts/new/", cuts.cut_new, name="cut_new"),
    path("reports/cuts/<int:pk>/", cuts.cut_detail, name="cut_detail"),
    path("reports/cuts/<int:pk>/edit/", cuts.cut_edit, name="cut_edit"),
    path("reports/cuts/<int:pk>/retire/", cuts.cut_retire, name="cut_retire"),
    path("reports/cuts/<int:pk>/bring-back/", cuts.cut_bring_back, name="cut_bring_back"),
    path("reports/plan/", plan.report_plan, name="report_plan"),
    path("reports/funding/", funding.report_funding, name="report_funding"),
    path("reports/funding/grant/", funding.report_grant, name="report_grant"),
    path("reports/funding/emblem", funding.funding_emblem, name="funding_emblem"),
    path("reports/funding/words/<str:language>/", funding.funding_text, name="funding_text"),
    path(
        "reports/funding/words/<str:language>/sign/",
        funding.funding_text_sign,
        name="funding_text_sign",
    ),
    path("reports/funding/logos/<int:pk>/", funding.partner_logo, name="partner_logo"),
    path(
        "reports/funding/logos/<int:pk>/remove/",
        funding.partner_logo_remove,
        name="partner_logo_remove",
    ),
    path(
        "reports/funding/logos/<int:pk>/picture",
        funding.partner_logo_picture,
        name="partner_logo_picture",
    ),
]
