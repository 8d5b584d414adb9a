from django.apps import AppConfig


class GrantConfig(AppConfig):
    name = "maeul.works.grant"
    label = "grant"
