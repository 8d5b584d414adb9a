from django.urls import path

from maeul.ground.notice import views

app_name = "notice"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:message_id>/", views.open_message, name="open_message"),
    path("announcements/", views.announcements, name="announcements"),
    path("announcements/<int:announcement_id>/", views.announcement, name="announcement"),
    path("dongs/<int:dong_code>/announce/", views.announce, name="announce"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:letter_id>/", views.settle_letter, name="settle_letter"),
]
