from django.urls import path

from maeul.ground.law import views

app_name = "law"

urlpatterns = [
    path("", views.index, name="index"),
    path("<str:key>/", views.provision, name="provision"),
    path("<str:key>/enact/", views.enact, name="enact"),
]
