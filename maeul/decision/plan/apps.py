from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "maeul.decision.plan"
    label = "plan"
