from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "maeul.decision.assembly"
    label = "assembly"
