from django.core.management.base import BaseCommand, CommandError

from maeul.vault.ballot import clock
from maeul.vault.ballot.models import Election
from maeul.vault.ballot.rules import State


class Command(BaseCommand):
    help = (
        "Make this database one in which polls are opened and closed in played time (demo and"
        " tests). It can never hold a real election afterwards. Run by the owner."
        " Example: manage.py play_ballot_clock"
    )

    def handle(self, **options):
        real = Election.objects.exclude(state=State.DRAFT).exclude(manifest__contains='"note"')
        if not clock.is_played() and real.exists():
            raise CommandError("이 데이터베이스에는 실제 투표가 있어 시범용으로 바꿀 수 없습니다.")
        clock.install_played()
        self.stdout.write("The ballot box of this database can be played.")
