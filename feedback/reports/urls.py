from django.urls import path, register_converter

from feedback.reports.enums import FileFormat
from feedback.reports.views import (
    binder,
    centre,
    countries,
    cuts,
    files,
    funding,
    group_report,
    learning,
    page,
    plan,
    preflight,
    releases,
    runs,
)


class FormatConverter:
    """One of the formats a release has; anything else is no address."""

    regex = "|".join(FileFormat.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "report_format")

urlpatterns = [
    path("countries/<str:code>/reports/", countries.country_reports, name="country_reports"),
    path("countries/<str:code>/reports/follow/", countries.report_follow, name="report_follow"),
    path("reports/", centre.report_list, name="report_list"),
    path("reports/compare/", centre.report_compare, name="report_compare"),
    path("reports/archive.zip", files.report_zip, name="report_zip"),
    path("reports/public/", centre.report_public_list, name="report_public_list"),
    path("reports/schema.json", centre.report_schema, name="report_schema"),
    path(
        "reports/public/<int:pk>/<report_format:file_format>",
        files.report_public_file,
        name="report_public_file",
    ),
    path(
        "reports/public/<int:pk>/<report_format:file_format>.sig",
        files.report_public_signature,
        name="report_public_signature",
    ),
    path("reports/runs/<int:pk>/", runs.report_run, name="report_run"),
    path("reports/runs/<int:pk>/cancel/", runs.report_run_cancel, name="report_run_cancel"),
    path("reports/runs/<int:pk>/retry/", runs.report_run_retry, name="report_run_retry"),
    path("reports/<int:pk>/", page.report_detail, name="report_detail"),
    path("reports/<int:pk>/data/", page.report_data, name="report_data"),
    path("reports/<int:pk>/release/", releases.report_release, name="report_release"),
    path("reports/<int:pk>/sign/", releases.report_sign, name="report_sign"),
    path("reports/<int:pk>/publish/", releases.report_publish, name="report_publish"),
    path("reports/<int:pk>/withdraw/", releases.report_withdraw, name="report_withdraw"),
    path(
        "reports/<int:pk>/<report_format:file_format>.sig",
        files.report_signature,
        name="report_signature",
    ),
    *[
        path(
            f"reports/<int:pk>/{file_format.value}",
            files.report_file,
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
    path("reports/<int:pk>/preflight/", preflight.report_preflight, name="report_preflight"),
    path("reports/binder/<int:pk>/", binder.report_binder, name="report_binder"),
    path("reports/binder/<int:pk>/binder.zip", binder.report_binder_zip, name="report_binder_zip"),
    path(
        "reports/binder/<int:pk>/binder.zip.sig",
        binder.report_binder_signature,
        name="report_binder_signature",
    ),
    path("reports/<int:pk>/results.zip", preflight.report_results, name="report_results"),
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

urlpatterns += [
    path("focus-groups/<int:pk>/report/", group_report.group_report, name="group_report"),
    path(
        "focus-groups/<int:pk>/report/pdf", group_report.group_report_pdf, name="group_report_pdf"
    ),
    path(
        "focus-groups/<int:pk>/report/docx",
        group_report.group_report_docx,
        name="group_report_docx",
    ),
    path("focus-groups/<int:pk>/summary/", group_report.group_summary, name="group_summary"),
]

urlpatterns += [
    path("my-learning/learning.pdf", learning.my_learning_pdf, name="my_learning_pdf"),
    path("my-learning/learning.docx", learning.my_learning_docx, name="my_learning_docx"),
    path(
        "my-learning/certificates/<uuid:key>.pdf", learning.certificate_pdf, name="certificate_pdf"
    ),
    path(
        "my-learning/certificates/<uuid:key>.docx",
        learning.certificate_docx,
        name="certificate_docx",
    ),
]
