from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from maeul.ground.people.models import DemoSignIn


class Command(BaseCommand):
    help = (
        "Print, for each role of the demo, the address that signs a visitor in with one click."
        " Refused outside the demo. Example: manage.py demo_sign_ins"
    )

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("시범 사이트에서만 쓸 수 있습니다.")
        offers = DemoSignIn.objects.select_related("person")
        if not offers:
            self.stdout.write("아직 들어갈 사람이 없습니다. 시범 데이터를 만들면 여기에 나옵니다.")
        for offer in offers:
            path = reverse("people:demo_sign_in", args=[offer.key])
            self.stdout.write(f"{settings.SITE_ADDRESS}{path}  {offer.label} ({offer.person})")
