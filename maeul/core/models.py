from django.db import connection, models


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
