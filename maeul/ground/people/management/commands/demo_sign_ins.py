from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from maeul.ground.people.models import DemoSignIn


class Command(BaseCommand):
    help = (
        "Print, for each role of the demo, the path that signs a visitor in with one click."
        " Refused outside the demo. Example: manage.py demo_sign_ins"
    )

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("시범 사이트에서만 쓸 수 있습니다.")
        offers = DemoSignIn.objects.select_related("person")
        if not offers:
            raise CommandError("아직 시범 데이터가 없습니다. 먼저 make demo 를 해 주세요.")
        for offer in offers:
            path = reverse("people:demo_sign_in", args=[offer.key])
            self.stdout.write(f"{path}\t{offer.label} ({offer.person})")
