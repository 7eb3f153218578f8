from django.urls import path

from experts.views import countries, importing, invitations, outbox, people, profile

urlpatterns = [
    path("countries/", countries.country_list, name="country_list"),
    path("countries/<str:code>/", countries.country_detail, name="country_detail"),
    path("people/", people.person_list, name="person_list"),
    path("people/invite/", invitations.person_invite, name="person_invite"),
    path("people/import/", importing.person_import, name="person_import"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/account/", people.person_account, name="person_account"),
    path(
        "account-invitations/<int:pk>/withdraw/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("join/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("profile/", profile.profile, name="profile"),
    path("outbox/", outbox.message_list, name="message_list"),
    path("outbox/pause/", outbox.sending_pause, name="sending_pause"),
    path("outbox/resume/", outbox.sending_resume, name="sending_resume"),
]
