from django.urls import path

from materials.views import completing, incoming, works

urlpatterns = [
    path("materials/", works.material_list, name="material_list"),
    path("materials/new/", works.material_new, name="material_new"),
    path("materials/incoming/", incoming.incoming_list, name="incoming_list"),
    path("materials/incoming/<str:key>", incoming.incoming_file, name="incoming_file"),
    path(
        "materials/incoming/<str:key>/material",
        completing.incoming_material,
        name="incoming_material",
    ),
    path(
        "materials/incoming/<str:key>/version",
        completing.incoming_version,
        name="incoming_version",
    ),
    path("materials/incoming/<str:key>/check", completing.incoming_check, name="incoming_check"),
    path("materials/incoming/<str:key>/remove", completing.incoming_remove, name="incoming_remove"),
    path("materials/<int:pk>/", works.material_detail, name="material_detail"),
    path("materials/<int:pk>/versions/new/", works.version_new, name="version_new"),
    path("materials/<int:pk>/release/<int:number>", works.version_release, name="version_release"),
    path("versions/<int:pk>/", works.version_detail, name="version_detail"),
    path("versions/<int:pk>/file", works.version_file, name="version_file"),
]
