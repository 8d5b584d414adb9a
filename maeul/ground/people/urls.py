from django.urls import path

from maeul.ground.people import views

app_name = "people"

urlpatterns = [
    # oneself
    path("", views.me, name="me"),
    path("standings/new/", views.state, name="state"),
    path("standings/<int:standing_id>/end/", views.end_standing, name="end_standing"),
    path("consents/", views.consents, name="consents"),
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    # staff
    path("standings/", views.standings, name="standings"),
    path("standings/<int:standing_id>/", views.standing, name="standing"),
    path("persons/", views.persons, name="persons"),
    path("persons/<int:person_id>/", views.person, name="person"),
    path("persons/<int:person_id>/correct/", views.correct, name="correct"),
    path("persons/<int:person_id>/roles/", views.give_role, name="give_role"),
    path("enter/", views.enter, name="enter"),
    path("roles/", views.roles, name="roles"),
    path("roles/<int:role_id>/end/", views.end_role, name="end_role"),
    # the demo
    path("demo/", views.demo_sign_ins, name="demo_sign_ins"),
    path("demo/<slug:key>/", views.demo_sign_in, name="demo_sign_in"),
    # what is promised
    path("privacy/", views.privacy, name="privacy"),
    path("terms/", views.terms, name="terms"),
]
