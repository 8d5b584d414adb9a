from django.apps import AppConfig


class PledgeConfig(AppConfig):
    name = "maeul.works.pledge"
    label = "pledge"
