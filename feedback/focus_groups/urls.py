from django.urls import path

from feedback.focus_groups.views import consent_texts, consents

urlpatterns = [
    path("consents/", consent_texts.consent_list, name="consent_list"),
    path("consents/new/", consent_texts.consent_new, name="consent_new"),
    path("consents/words/", consent_texts.consent_words, name="consent_words"),
    path("consents/<int:pk>/sound/", consent_texts.consent_sound, name="consent_sound"),
    path("focus-groups/<int:pk>/consent/", consents.group_consent, name="group_consent"),
    path("participants/<int:pk>/", consents.participant_consent, name="participant_consent"),
]
