from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "maeul.voice.agenda"
    label = "agenda"
