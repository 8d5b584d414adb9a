from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "maeul.voice.review"
    label = "review"
