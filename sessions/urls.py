from django.urls import path

from sessions.views import calendar, feeds, imports, inbound, invitations, planning

urlpatterns = [
    path("calendar/", calendar.session_calendar, name="session_calendar"),
    path("sessions/", calendar.session_list, name="session_list"),
    path("sessions/new/", planning.session_new, name="session_new"),
    path("sessions/<int:pk>/", planning.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", planning.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", planning.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/invite/", invitations.session_invite, name="session_invite"),
    path("invitations/<int:pk>/answer/", invitations.invitation_answer, name="invitation_answer"),
    path("sessions/mail/", inbound.review, name="mail_review"),
    path("sessions/mail/<int:pk>/count/", inbound.count, name="mail_count"),
    path("sessions/mail/<int:pk>/aside/", inbound.set_aside, name="mail_set_aside"),
    path("sessions/import/", imports.session_import, name="session_import"),
    path("proposals/<int:pk>/", inbound.decide_proposal, name="proposal_decide"),
    path("invitations/<int:pk>/take-back/", inbound.take_back, name="invitation_take_back"),
    path("calendar/feeds/", feeds.feed_list, name="feed_list"),
    path("calendar/feeds/<int:pk>/alarm/", feeds.feed_alarm, name="feed_alarm"),
    path("calendar/feeds/<int:pk>/rotate/", feeds.feed_rotate, name="feed_rotate"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("g/<str:token>/", invitations.session_answer, name="session_answer"),
]
