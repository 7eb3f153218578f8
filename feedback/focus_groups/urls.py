from django.urls import URLPattern, path

from feedback.focus_groups.views import easy_sounds, easy_start, easy_steps

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
]
