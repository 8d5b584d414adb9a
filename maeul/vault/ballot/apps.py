from django.apps import AppConfig


class BallotConfig(AppConfig):
    name = "maeul.vault.ballot"
    label = "ballot"
    verbose_name = "투표함"

    def ready(self):
        from maeul.vault.ballot import startup

        startup.register()
