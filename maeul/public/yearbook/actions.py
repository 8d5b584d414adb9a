from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.district.models import Dong
from maeul.ground.notice import actions as notice
from maeul.ground.search import actions as search
from maeul.public.yearbook import rules
from maeul.public.yearbook.gathering import gather
from maeul.public.yearbook.models import Yearbook
from maeul.public.yearbook.texts import REFUSALS
from maeul.vault.record import actions as record


@transaction.atomic
def publish(*, dong, year, foreword, by, at):
    """Publish the record book of a dong's year, with everything as it stands now."""
    dong = Dong.objects.select_for_update().get(pk=dong.pk)
    refuse_if(
        rules.why_not_publish(
            year=year,
            on=timezone.localdate(at),
            published=Yearbook.objects.filter(dong=dong, year=year).exists(),
            foreword=foreword,
        ),
        REFUSALS,
    )
    title = _("%(dong)s의 %(year)s년") % {"dong": dong, "year": year}
    book = Yearbook(
        dong=dong, year=year, foreword=foreword, content=gather(dong, year), published_at=at
    )
    book.record = record.register(
        kind="yearbook",
        title=title,
        link=book.get_absolute_url(),
        public=True,
        dong=dong,
        by=by,
        at=at,
    )
    book.save()
    audit.note("yearbook.published", on=book, by=by, at=at)
    notice.announce(
        title=_("기록물 ‘%s’을 펴냈습니다") % title,
        text=_("한 해 동안 함께한 일이 한 권에 담겼습니다."),
        dong=dong,
        link=book.get_absolute_url(),
        by=by,
        at=at,
    )
    search.put(
        link=book.get_absolute_url(),
        kind="yearbook",
        title=title,
        text=foreword,
        dong=dong,
        on=timezone.localdate(at),
    )
    return book
