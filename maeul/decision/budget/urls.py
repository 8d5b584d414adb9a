from django.urls import path

from maeul.decision.budget import views

app_name = "budget"

urlpatterns = [
    path("streams/", views.streams, name="streams"),
    path("streams/new/", views.found_stream, name="found_stream"),
    path("dongs/<slug:code>/<int:year>/", views.dong_year, name="dong_year"),
    path("dongs/<slug:code>/<int:year>/rounds/new/", views.open_round, name="open_round"),
    path("appropriations/new/", views.appropriate, name="appropriate"),
    path("appropriations/<int:appropriation_id>/", views.appropriation, name="appropriation"),
    path("appropriations/<int:appropriation_id>/change/", views.change, name="change"),
    path("rounds/<int:round_id>/", views.round, name="round"),
    path("rounds/<int:round_id>/put/", views.put, name="put"),
    path("rounds/<int:round_id>/allocate/", views.allocate, name="allocate"),
    path("allocations/<int:allocation_id>/", views.allocation, name="allocation"),
]
