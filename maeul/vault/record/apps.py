from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "maeul.vault.record"
    label = "record"
