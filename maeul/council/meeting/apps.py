from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "maeul.council.meeting"
    label = "meeting"
