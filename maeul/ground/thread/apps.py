from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "maeul.ground.thread"
    label = "thread"
