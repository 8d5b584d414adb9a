from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "maeul.vault.participation"
    label = "participation"
