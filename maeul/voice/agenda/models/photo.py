from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.models import Upload
from maeul.voice.agenda.models.item import AgendaItem


class Photo(models.Model):
    """A picture that came with a sentence; seen by whoever may see the item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="photos")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("의제 사진")

    def __str__(self):
        return f"{self.item}: {self.upload_id}"

    def get_absolute_url(self):
        return reverse("agenda:photo", args=[self.item.number, self.pk])
