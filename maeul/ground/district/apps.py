from django.apps import AppConfig


class DistrictConfig(AppConfig):
    name = "maeul.ground.district"
    label = "district"
