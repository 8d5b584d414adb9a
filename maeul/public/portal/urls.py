from django.urls import path

from maeul.public.portal.views import everywhere, mine, village

app_name = "portal"

urlpatterns = [
    path("", village.front, name="front"),
    path("dongs/<int:code>/", village.dong, name="dong"),
    path("neighbourhood/", village.neighbourhood, name="neighbourhood"),
    path("gatherings/", village.gatherings, name="gatherings"),
    path("search/", everywhere.search, name="search"),
    path("matters/<int:thread_id>/", everywhere.matter, name="matter"),
    path("me/", mine.mine, name="mine"),
    path("work/", mine.worklist, name="worklist"),
]
