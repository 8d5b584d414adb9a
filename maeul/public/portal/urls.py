from django.urls import path

from maeul.public.portal import views

app_name = "portal"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("matters/<int:thread_id>/", views.matter, name="matter"),
    path("work/", views.worklist, name="worklist"),
]
