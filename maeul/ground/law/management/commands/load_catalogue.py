from django.core.management.base import BaseCommand
from django.utils import timezone

from maeul.ground.law import actions


class Command(BaseCommand):
    help = (
        "Enact every limit of the rule catalogue (law/catalogue.toml) that is not there yet."
        " Rows that are there stay as they are. Example: manage.py load_catalogue"
    )

    def handle(self, **options):
        added = actions.enact_catalogue(by="system", at=timezone.now())
        self.stdout.write(f"규정 {added}개를 새로 넣었습니다.")
