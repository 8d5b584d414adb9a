from django.apps import AppConfig


class YearbookConfig(AppConfig):
    name = "maeul.public.yearbook"
    label = "yearbook"
