import uuid

from django.db import connection, models
from django.utils.translation import gettext_lazy as _


class OnceQuerySet(models.QuerySet):
    def claim(self, *, key, who):
        """None when the key is new and now ours, else the address of the first answer.

        A parallel request with the same key waits here until the first one has ended.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_once (key, who, address, at) VALUES (%s, %s, '', now())"
                " ON CONFLICT (who, key) DO NOTHING",
                [key, who],
            )
            if cursor.rowcount:
                return None
        return self.get(key=key, who=who).address or "/"

    def answer(self, *, key, who, address):
        self.filter(key=key, who=who).update(address=address)


class Once(models.Model):
    """One sent form and where its answer stands."""

    key = models.CharField(max_length=64)
    who = models.CharField(max_length=80)
    address = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = OnceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="core_once_per_form", fields=["who", "key"])]

    def __str__(self):
        return self.key


def _place(upload, _name):
    """A file's place says nothing about what it is or what it was called."""
    return f"{upload.pk.hex[:2]}/{uuid.uuid4().hex}"


class UploadQuerySet(models.QuerySet):
    def places(self):
        """Every file in the store that a row knows."""
        rows = self.values_list("file", "small")
        return {place for row in rows.iterator() for place in row if place}


class Upload(models.Model):
    """A file somebody brought, checked and stored under a random name (see core.upload).

    There is no public address: the concept it belongs to shows it after asking its own `access`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("파일"), upload_to=_place)
    small = models.FileField(_("작은 그림"), upload_to=_place, blank=True)
    name = models.CharField(_("파일 이름"), max_length=120)
    content_type = models.CharField(_("종류"), max_length=40)
    size = models.PositiveIntegerField(_("크기"))
    sha256 = models.CharField(_("지문"), max_length=64)
    uploaded_by = models.CharField(_("올린 사람"), max_length=80)
    at = models.DateTimeField(_("때"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("올린 파일")

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
