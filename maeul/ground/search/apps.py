from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "maeul.ground.search"
    label = "search"
