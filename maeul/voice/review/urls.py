from django.urls import path

from maeul.voice.review import views

app_name = "review"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("ask/<slug:number>/", views.ask, name="ask"),
    path("<int:review_id>/", views.review, name="review"),
    path("<int:review_id>/answer/", views.answer, name="answer"),
    path("<int:review_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:review_id>/remind/", views.remind, name="remind"),
]
