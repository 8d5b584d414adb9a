from django.urls import path

from maeul.council.membership import views

app_name = "membership"

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("seats/<int:seat_id>/resign/", views.resign, name="resign"),
    path("seats/<int:seat_id>/end/", views.end_seat, name="end_seat"),
    path("offices/<int:office_id>/end/", views.end_office, name="end_office"),
    path("bodies/<int:body_id>/", views.body, name="body"),
    path("<str:code>/", views.council, name="council"),
    path("<str:code>/found/", views.found, name="found"),
    path("<str:code>/term/", views.begin_term, name="begin_term"),
    path("<str:code>/import/", views.import_members, name="import_members"),
    path("<str:code>/import/sheet.csv", views.empty_sheet, name="empty_sheet"),
    path("<str:code>/install/", views.install, name="install"),
]
