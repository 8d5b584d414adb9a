from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maeul.core import sheet
from maeul.core.refusal import Refused
from maeul.ground.district import actions


class Command(BaseCommand):
    help = (
        "Take in a count of residents as a whole: a CSV with the columns 동, 연도, 성별, 나이부터,"
        " 나이까지 (empty: open end), 인구. Nothing is changed when a line is wrong. Example:"
        ' manage.py import_population 2026.csv --source "행정안전부 주민등록 인구통계"'
        " --counted-on 2026-10-31"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="who counted")
        parser.add_argument(
            "--counted-on", required=True, type=date.fromisoformat, help="of which day"
        )

    def handle(self, **options):
        at = timezone.now()
        try:
            rows = sheet.read(options["file"].read_bytes(), heads=actions.HEADS)
            imported = actions.import_population(
                counts=actions.read_population(rows, at=at),
                source=options["source"],
                counted_on=options["counted_on"],
                by="system",
                at=at,
            )
        except OSError:
            raise CommandError(f"{options['file']} 파일을 읽을 수 없습니다.") from None
        except sheet.SheetErrors as errors:
            raise CommandError("\n".join(errors.sentences)) from None
        except Refused as no:
            raise CommandError(no.sentence) from None
        self.stdout.write(f"인구 {imported}줄을 넣었습니다.")
