from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "maeul.ground.notice"
    label = "notice"
