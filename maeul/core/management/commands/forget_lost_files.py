import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from maeul.core.models import Upload

A_DAY = 24 * 60 * 60


class Command(BaseCommand):
    help = (
        "Delete stored files that no row knows: what an upload left behind when its transaction"
        " was taken back. Only files older than a day. Example: manage.py forget_lost_files"
    )

    def handle(self, **options):
        store = Path(settings.MEDIA_ROOT)
        old = time.time() - A_DAY
        candidates = [
            path for path in store.glob("??/*") if path.is_file() and path.stat().st_mtime < old
        ]
        known = Upload.objects.places()
        lost = [path for path in candidates if str(path.relative_to(store)) not in known]
        for path in lost:
            path.unlink(missing_ok=True)
        self.stdout.write(f"{len(lost)} lost files deleted.")
