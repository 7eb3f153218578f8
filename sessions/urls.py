from django.urls import path

from sessions.views import calendar, invitations, moving, planning

urlpatterns = [
    path("calendar/", calendar.session_calendar, name="session_calendar"),
    path("sessions/", calendar.session_list, name="session_list"),
    path("sessions/new/", planning.session_new, name="session_new"),
    path("sessions/<int:pk>/", planning.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", planning.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", planning.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/move/", moving.session_move, name="session_move"),
    path("sessions/<int:pk>/invite/", invitations.session_invite, name="session_invite"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("g/<str:token>/", invitations.session_answer, name="session_answer"),
]
