from django.urls import path

from maeul.vault.record import views

app_name = "record"

urlpatterns = [path("<int:dong_code>/<int:year>/", views.register, name="register")]
