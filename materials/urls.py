from django.urls import path

from materials import views

urlpatterns = [
    path("materials/", views.material_list, name="material_list"),
    path("materials/new/", views.material_new, name="material_new"),
    path("materials/<int:pk>/", views.material_detail, name="material_detail"),
    path("materials/<int:pk>/versions/new/", views.version_new, name="version_new"),
    path("materials/<int:pk>/release/<int:number>", views.version_release, name="version_release"),
    path("versions/<int:pk>/", views.version_detail, name="version_detail"),
    path("versions/<int:pk>/file", views.version_file, name="version_file"),
]
