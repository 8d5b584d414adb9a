from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "maeul.council.membership"
    label = "membership"
