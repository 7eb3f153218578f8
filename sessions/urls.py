from django.urls import path

from sessions.views import calendar, invitations, library, planning, rooms, seats

urlpatterns = [
    path("calendar/", calendar.session_calendar, name="session_calendar"),
    path("sessions/", calendar.session_list, name="session_list"),
    path("sessions/new/", planning.session_new, name="session_new"),
    path("sessions/<int:pk>/", planning.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", planning.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", planning.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/invite/", invitations.session_invite, name="session_invite"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("sessions/templates/", library.library_list, name="library_list"),
    path("sessions/templates/kinds/<int:pk>/", library.kind_edit, name="kind_edit"),
    path("sessions/templates/methods/<int:pk>/", library.method_edit, name="method_edit"),
    path("sessions/rooms/", rooms.room_list, name="room_list"),
    path("sessions/rooms/<int:pk>/", rooms.room_edit, name="room_edit"),
    path("sessions/<int:pk>/seats/", seats.session_seats, name="session_seats"),
    path("sessions/undo/<int:pk>/", seats.session_undo, name="session_undo"),
    path("g/<str:token>/", invitations.session_answer, name="session_answer"),
]
