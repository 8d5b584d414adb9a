from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.ground.district import actions


class Command(BaseCommand):
    help = (
        "Put the district, its dongs with boundaries and its departments in place; what is there"
        " stays. Examples: manage.py load_district; in the demo also"
        " manage.py load_district --rough-population 2025 2026"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--rough-population",
            nargs="+",
            type=int,
            metavar="YEAR",
            help="made-up figures for these years, in the demo only",
        )

    def handle(self, **options):
        told = {"by": "system", "at": timezone.now()}
        gu = actions.found(**told)
        self.stdout.write(f"{gu}의 동 {gu.dongs.count()}개, 부서 {gu.departments.count()}개.")
        if years := options["rough_population"]:
            try:
                rows = actions.guess_population(years=years, **told)
            except Refused as no:
                raise CommandError(no.sentence) from None
            self.stdout.write(f"시범용 어림 인구 {rows}줄.")
