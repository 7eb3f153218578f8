from django.urls import path

from sessions.views import calendar, invitations, planning, series, series_changes

urlpatterns = [
    path("calendar/", calendar.session_calendar, name="session_calendar"),
    path("sessions/", calendar.session_list, name="session_list"),
    path("sessions/new/", planning.session_new, name="session_new"),
    path("sessions/<int:pk>/", planning.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", planning.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", planning.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/invite/", invitations.session_invite, name="session_invite"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("g/<str:token>/", invitations.session_answer, name="session_answer"),
    path("sessions/series/new/", series.series_new, name="series_new"),
    path("sessions/series/<int:pk>/", series.series_detail, name="series_detail"),
    path("sessions/series/<int:pk>/invite/", series.series_invite, name="series_invite"),
    path(
        "sessions/series/<int:pk>/bring-back/",
        series_changes.series_bring_back,
        name="series_bring_back",
    ),
    path("sessions/<int:pk>/series/change/", series_changes.series_change, name="series_change"),
    path("sessions/<int:pk>/series/cancel/", series_changes.series_cancel, name="series_cancel"),
    path("g/series/<str:token>/", series.series_answer, name="series_answer"),
]
