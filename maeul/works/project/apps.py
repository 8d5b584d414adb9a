from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "maeul.works.project"
    label = "project"
