from django.urls import path

from maeul.ground.district import views

app_name = "district"

urlpatterns = [
    path("", views.index, name="index"),
    path("dongs/<slug:code>/", views.dong_facts, name="dong_facts"),
    path("departments/", views.departments, name="departments"),
    path("population/", views.population, name="population"),
]
