from django.urls import URLPattern, path

from feedback.focus_groups.views import (
    after,
    attendance,
    capture,
    codebook,
    coding,
    consent_texts,
    consents,
    easy_sounds,
    easy_start,
    easy_steps,
    groups,
    guide_questions,
    guides,
    referral,
    retention,
    taking_home,
    themes,
)

_GROUP = "focus-groups/<int:pk>"

_GROUPS: list[URLPattern] = [
    path("focus-groups/", groups.group_list_page, name="group_list"),
    path("focus-groups/plan/<int:pk>/", groups.group_plan, name="group_plan"),
    path(f"{_GROUP}/", groups.group_detail, name="group_detail"),
    path(f"{_GROUP}/edit/", groups.group_edit, name="group_edit"),
    path(f"{_GROUP}/account/", groups.group_told, name="group_told"),
    path(f"{_GROUP}/numbers/", groups.group_numbers, name="group_numbers"),
    path(f"{_GROUP}/close/", groups.group_close, name="group_close"),
    path(f"{_GROUP}/reopen/", groups.group_reopen, name="group_reopen"),
    path(f"{_GROUP}/attendance/", attendance.attendance_list, name="attendance_list"),
    path(f"{_GROUP}/attendance/mark/", attendance.attendance_mark, name="attendance_mark"),
    path(f"{_GROUP}/attendance/sheet/", attendance.attendance_sheet, name="attendance_sheet"),
    path(f"{_GROUP}/consent/", consents.group_consent, name="group_consent"),
    path(f"{_GROUP}/capture/", capture.group_capture, name="group_capture"),
    path(f"{_GROUP}/capture/lines/", capture.capture_lines, name="capture_lines"),
    path(f"{_GROUP}/capture/print/", taking_home.capture_print, name="capture_print"),
    path(f"{_GROUP}/capture/lines.csv", taking_home.capture_csv, name="capture_csv"),
    path(f"{_GROUP}/capture/lines.xlsx", taking_home.capture_xlsx, name="capture_xlsx"),
    path(f"{_GROUP}/capture/<uuid:key>/", capture.quote_edit, name="quote_edit"),
    path(f"{_GROUP}/capture/<uuid:key>/delete/", capture.quote_delete, name="quote_delete"),
    path(f"{_GROUP}/check/", after.group_check, name="group_check"),
    path(f"{_GROUP}/priorities/", after.group_priorities, name="group_priorities"),
    path(f"{_GROUP}/priorities/give/", after.priority_give, name="priority_give"),
    path(f"{_GROUP}/recording/", after.group_recording, name="group_recording"),
    path(f"{_GROUP}/recording/sound/", after.recording_sound, name="recording_sound"),
    path(
        f"{_GROUP}/recording/transcript/", after.recording_transcript, name="recording_transcript"
    ),
    path(f"{_GROUP}/recording/delete/", after.recording_delete, name="recording_delete"),
    path(f"{_GROUP}/coding/", coding.group_coding, name="group_coding"),
]
_PLANS: list[URLPattern] = [
    path("referral-cards/<str:code>/", referral.referral_card, name="referral_card"),
    path("referral-cards/<str:code>/print/", referral.referral_print, name="referral_print"),
    path("guides/", guides.guide_list, name="guide_list"),
    path("guides/new/", guides.guide_new, name="guide_new"),
    path("guides/<int:pk>/", guides.guide_detail, name="guide_detail"),
    path("guides/<int:pk>/edit/", guides.guide_edit, name="guide_edit"),
    path("guides/<int:pk>/revise/", guides.guide_revise, name="guide_revise"),
    path("guides/<int:pk>/retire/", guides.guide_retire, name="guide_retire"),
    path("guides/<int:pk>/piloted/", guides.guide_piloted, name="guide_piloted"),
    path("guides/<int:pk>/words/", guides.guide_words, name="guide_words"),
    path("guides/<int:pk>/print/", guides.guide_print, name="guide_print"),
    path(
        "guides/<int:pk>/questions/new/",
        guide_questions.guide_question_new,
        name="guide_question_new",
    ),
    path(
        "guides/questions/<int:pk>/",
        guide_questions.guide_question_edit,
        name="guide_question_edit",
    ),
    path(
        "guides/questions/<int:pk>/move/",
        guide_questions.guide_question_move,
        name="guide_question_move",
    ),
    path(
        "guides/questions/<int:pk>/delete/",
        guide_questions.guide_question_delete,
        name="guide_question_delete",
    ),
]
_CONSENTS: list[URLPattern] = [
    path("consents/", consent_texts.consent_list, name="consent_list"),
    path("consents/new/", consent_texts.consent_new, name="consent_new"),
    path("consents/words/", consent_texts.consent_words, name="consent_words"),
    path("consents/<int:pk>/sound/", consent_texts.consent_sound, name="consent_sound"),
    path("participants/<int:pk>/", consents.participant_consent, name="participant_consent"),
]
_CODING: list[URLPattern] = [
    path("coding/", codebook.codebook, name="codebook"),
    path("coding/codebook.csv", codebook.codebook_csv, name="codebook_csv"),
    path("coding/new/", codebook.code_new, name="code_new"),
    path("coding/<int:pk>/", codebook.code_edit, name="code_edit"),
    path("coding/merges/<int:pk>/", codebook.merge_decide, name="merge_decide"),
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/new/", themes.theme_new, name="theme_new"),
    path("themes/<int:pk>/", themes.theme_detail, name="theme_detail"),
    path("themes/<int:pk>/edit/", themes.theme_edit, name="theme_edit"),
]
_GUESTS: list[URLPattern] = [
    path("g/f/<str:token>/", easy_start.easy_form, name="easy_form"),
    path(
        "g/f/<str:token>/sound/<int:question>/<slug:language>/",
        easy_sounds.easy_question_sound,
        name="easy_question_sound",
    ),
    path(
        "g/f/<str:token>/sound/<slug:purpose>/<slug:language>/",
        easy_sounds.easy_purpose_sound,
        name="easy_purpose_sound",
    ),
    path("g/f/<str:token>/<str:secret>/last/", easy_steps.easy_last, name="easy_last"),
    path("g/f/<str:token>/<str:secret>/end/", easy_steps.easy_end, name="easy_end"),
    path(
        "g/f/<str:token>/<str:secret>/<int:step>/", easy_steps.easy_question, name="easy_question"
    ),
]
_KEPT: list[URLPattern] = [
    path("retention/", retention.retention_page, name="retention"),
    path("retention/<str:kind>/", retention.retention_edit, name="retention_edit"),
]
urlpatterns: list[URLPattern] = [*_GROUPS, *_PLANS, *_CONSENTS, *_CODING, *_GUESTS, *_KEPT]
