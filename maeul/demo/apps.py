from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "maeul.demo"
    label = "demo"
