from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "maeul.decision.budget"
    label = "budget"
