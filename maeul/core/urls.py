from django.conf import settings
from django.urls import path

from maeul.core import views

app_name = "core"
urlpatterns = [path("view-settings/", views.view_settings, name="view_settings")]
if settings.STYLEGUIDE:
    urlpatterns += [path("styleguide/", views.styleguide, name="styleguide")]
