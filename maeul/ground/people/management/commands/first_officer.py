from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from maeul.core.refusal import Refused
from maeul.ground.people import actions


class Command(BaseCommand):
    help = (
        "Prepare an empty installation: the district and the rule catalogue, and the first officer"
        " of the district, who gives all other roles. Prints the address where the password is"
        " set. Run again, it changes nothing and prints a new address while no password is set."
        ' Example: manage.py first_officer officer@example.org --name "구담당"'
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="name as it is shown")

    def handle(self, **options):
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"전자우편 주소가 아닙니다: {email}") from None
        try:
            person = actions.install_first_officer(
                email=email, name=options["name"], by="system", at=timezone.now()
            )
        except Refused as no:
            raise CommandError(no.sentence) from None
        self.stdout.write(f"{person}: 구 담당자입니다.")
        if person.has_usable_password():
            self.stdout.write("비밀번호가 이미 있습니다. 잊었다면 들어가기 화면에서 새로 정하세요.")
        else:
            self.stdout.write("비밀번호를 정하는 주소(사흘 안에 쓰세요):")
            self.stdout.write(_address_for(person))


def _address_for(person):
    facts = {
        "uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person),
    }
    return settings.SITE_ADDRESS + reverse("account_reset_password_from_key", kwargs=facts)
