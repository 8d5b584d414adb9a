from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "maeul.vault.ledger"
    label = "ledger"
