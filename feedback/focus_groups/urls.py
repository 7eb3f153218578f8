from django.urls import path

from feedback.focus_groups.views import codebook, coding, themes

urlpatterns = [
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
