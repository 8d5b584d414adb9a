from django.urls import path

from maeul.public.yearbook import views

app_name = "yearbook"

urlpatterns = [
    path("<int:code>/<int:year>/", views.book, name="book"),
    path("<int:code>/<int:year>/book.pdf", views.pdf, name="pdf"),
    path("<int:code>/<int:year>/publish/", views.publish, name="publish"),
]
