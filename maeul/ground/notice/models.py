import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from maeul.ground.district.models import Dong
from maeul.ground.notice import texts
from maeul.ground.notice.rules import OVER, LetterState
from maeul.ground.people.models import Person


class MessageQuerySet(models.QuerySet):
    def inbox(self, person):
        return self.filter(person=person).order_by("-at", "-pk")

    def unread(self, person):
        return self.filter(person=person, read_at=None)


class Message(models.Model):
    """Something the house tells one person; stands in their inbox."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    title = models.CharField(_("제목"), max_length=200)
    text = models.TextField(_("내용"), blank=True)
    link = models.CharField(_("주소"), max_length=200, blank=True)
    at = models.DateTimeField(_("때"))
    read_at = models.DateTimeField(_("읽은 때"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("알림")

    def __str__(self):
        return self.title


def new_mail_id():
    return f"<{uuid.uuid4()}@maeul>"


class LetterQuerySet(models.QuerySet):
    def unclear(self):
        return self.filter(state=LetterState.UNCLEAR).order_by("pk")

    def stuck(self, *, since):
        """Handed over before `since` and no word of it: its worker died."""
        return self.filter(state=LetterState.HANDED, handed_at__lt=since)

    def forgotten(self, *, since):
        """Still waiting although written before `since`: its job was lost."""
        return self.filter(state=LetterState.WAITING, written_at__lt=since).order_by("pk")

    def about_accounts(self):
        """Those of no inbox: to confirm an address, to set a password anew."""
        return self.filter(message=None)


class Letter(models.Model):
    """One e-mail in the outbox.  Its Message-ID is fixed when it is written.

    The address is forgotten as soon as it is over: who got it stands at the message, and whoever
    leaves takes their address along.  A letter about an account has no message: its own words open
    a door, so they are forgotten too.
    """

    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    title = models.CharField(_("제목"), max_length=200, blank=True)
    text = models.TextField(_("내용"), blank=True)
    to = models.EmailField(_("받는 곳"), blank=True)
    written_at = models.DateTimeField(_("쓴 때"))
    mail_id = models.CharField(max_length=80, unique=True, default=new_mail_id)
    state = models.CharField(
        _("상태"),
        max_length=10,
        default=LetterState.WAITING,
        choices=[*texts.LETTER_STATES.items()],
    )
    handed_at = models.DateTimeField(_("건넨 때"), null=True, blank=True)
    done_at = models.DateTimeField(_("끝난 때"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("편지")
        constraints = [
            models.CheckConstraint(
                name="notice_a_letter_has_a_message_or_words_of_its_own",
                condition=models.Q(message__isnull=False, title="", text="")
                | (models.Q(message=None) & ~models.Q(title="")),
            ),
            models.CheckConstraint(
                name="notice_words_and_address_are_forgotten_when_over",
                condition=models.Q(state__in=OVER, text="", to="")
                | (
                    ~models.Q(state__in=OVER)
                    & ~models.Q(to="")
                    & (models.Q(message__isnull=False) | ~models.Q(text=""))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.mail_id} {self.state}"

    @property
    def subject(self):
        return self.message.title if self.message else self.title


class AnnouncementQuerySet(models.QuerySet):
    def public_on(self, day, *, dong=None):
        """Announcements of the dong and of the whole district that stand on that day."""
        rows = self.filter(published_at__date__lte=day).exclude(until_on__lt=day)
        if dong is not None:
            rows = rows.filter(models.Q(dong=dong) | models.Q(dong=None))
        return rows.order_by("-published_at", "-pk")


class Announcement(models.Model):
    """A public notice of a dong or the district."""

    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    title = models.CharField(_("제목"), max_length=200)
    text = models.TextField(_("내용"))
    link = models.CharField(_("주소"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("올린 때"))
    until_on = models.DateField(_("언제까지"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("공지")

    def __str__(self):
        return self.title
