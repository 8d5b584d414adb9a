from django.urls import path

from maeul.works.grant import views

app_name = "grant"

urlpatterns = [
    path("dongs/<slug:code>/<int:year>/", views.dong_year, name="dong_year"),
    path("calls/new/", views.make_call, name="make_call"),
    path("calls/<int:call_id>/", views.call, name="call"),
    path("request/<int:project_id>/", views.request_grant, name="request"),
    path("<int:grant_id>/", views.grant, name="grant"),
    path("<int:grant_id>/decide/", views.decide, name="decide"),
    path("<int:grant_id>/refuse/", views.refuse, name="refuse"),
    path("<int:grant_id>/prepare/", views.prepare, name="prepare"),
    path("<int:grant_id>/cancel/", views.cancel, name="cancel"),
    path("<int:grant_id>/close/", views.close, name="close"),
    path("payments/<int:payment_id>/pay/", views.pay, name="pay"),
    path("payments/<int:payment_id>/drop/", views.drop, name="drop"),
]
