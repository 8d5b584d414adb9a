from django.db import models
from django.utils.translation import gettext_lazy as _


class Played(models.Model):
    """A chapter of the made-up years that has been played, so that a broken-off play goes on."""

    chapter = models.CharField(_("장"), max_length=80, unique=True)
    played_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("시범 장면")

    def __str__(self):
        return self.chapter


class Cast(models.Model):
    """Who plays which part in the made-up year: `soonja` is the same person in every chapter."""

    part = models.CharField(_("배역"), max_length=40, unique=True)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("시범 인물")

    def __str__(self):
        return self.part


class Told(models.Model):
    """Which agenda item a sentence of the demo's data became."""

    year = models.PositiveSmallIntegerField(_("연도"))
    key = models.CharField(_("문장"), max_length=40)
    number = models.CharField(_("의제 번호"), max_length=12)

    class Meta:
        verbose_name = _("시범 문장")
        constraints = [models.UniqueConstraint(name="demo_told_once", fields=["year", "key"])]

    def __str__(self):
        return f"{self.year} {self.key}"
