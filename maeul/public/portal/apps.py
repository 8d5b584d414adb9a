from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "maeul.public.portal"
    label = "portal"
