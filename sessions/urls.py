from django.urls import path

from sessions import views

urlpatterns = [
    path("calendar/", views.session_calendar, name="session_calendar"),
    path("sessions/", views.session_list, name="session_list"),
    path("sessions/new/", views.session_new, name="session_new"),
    path("sessions/<int:pk>/", views.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", views.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", views.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/invite/", views.session_invite, name="session_invite"),
    path("invitations/<int:pk>/answer/", views.invitation_answer, name="invitation_answer"),
    path("g/<str:token>/", views.session_answer, name="session_answer"),
]
