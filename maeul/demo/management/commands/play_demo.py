from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maeul.demo.play import play
from maeul.demo.today import open_a_vote


class Command(BaseCommand):
    help = (
        "Play a made-up district's last year and this year up to today through the real actions."
        " Interrupted, it goes on where it stopped; in a real installation it refuses."
        " Example: manage.py play_demo"
    )

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("This is not a demo: nothing was played.")
        now = timezone.localtime()
        chapters = play(now, say=self.stdout.write)
        open_a_vote(now, say=self.stdout.write)
        self.stdout.write(f"{chapters} chapters played." if chapters else "The year is up to date.")
