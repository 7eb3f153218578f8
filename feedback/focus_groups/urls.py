from django.urls import URLPattern, path

from feedback.focus_groups.views import (
    after,
    capture,
    codebook,
    coding,
    easy_sounds,
    easy_start,
    easy_steps,
    taking_home,
    themes,
)

_GROUP = "focus-groups/<int:pk>"

urlpatterns: list[URLPattern] = [
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
    path("coding/", codebook.codebook, name="codebook"),
    path("coding/codebook.csv", codebook.codebook_csv, name="codebook_csv"),
    path("coding/new/", codebook.code_new, name="code_new"),
    path("coding/<int:pk>/", codebook.code_edit, name="code_edit"),
    path("coding/merges/<int:pk>/", codebook.merge_decide, name="merge_decide"),
    path("focus-groups/<int:pk>/coding/", coding.group_coding, name="group_coding"),
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/new/", themes.theme_new, name="theme_new"),
    path("themes/<int:pk>/", themes.theme_detail, name="theme_detail"),
    path("themes/<int:pk>/edit/", themes.theme_edit, name="theme_edit"),
]
