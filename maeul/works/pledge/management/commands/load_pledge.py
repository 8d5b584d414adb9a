"""Bring the pledge card and its budget table of 2018-2022 into an installation."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maeul.core import sheet
from maeul.ground.district.models import District
from maeul.works.pledge import actions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--made-up", action="store_true", help="the made-up years of the demonstration too"
        )

    def handle(self, *args, made_up, **options):
        district = District.objects.order_by("pk").first()
        if district is None:
            raise CommandError("먼저 구와 동을 넣어 주세요: manage.py load_district")
        how = {"by": "system", "at": timezone.now()}
        try:
            pledge = actions.load(district=district, made_up=made_up, **how)
        except sheet.SheetErrors as errors:
            raise CommandError("\n".join(errors.sentences)) from errors
        for table in pledge.tables.order_by("pk"):
            self.stdout.write(f"{table}: {table.total_won:,}원")
