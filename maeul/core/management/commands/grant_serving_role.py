from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from maeul.core.addonly import add_only_models

LOOKS_AWAY_FOR_THE_OWNER_ALONE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(datdba) FROM pg_database
                         WHERE datname = current_database()) THEN
        RETURN false;
    END IF;
    RETURN coalesce(
        trigger_name = ANY(nullif(current_setting('pgtrigger.ignore', true), '')::text[]), false
    );
END $$
"""


class Command(BaseCommand):
    help = (
        "Give the serving database role what pages and workers need, and no more: add-only tables"
        " may be read and added to. Run by the owner after every migrate."
        " Example: manage.py grant_serving_role"
    )

    def handle(self, **options):
        grant(settings.SERVING_ROLE)
        self.stdout.write(f"The role {settings.SERVING_ROLE} may serve.")


def grant(role: str) -> None:
    """Idempotent; creates the role without login where it does not exist yet."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {quoted} NOLOGIN")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}")
        # `pgtrigger.ignore` is a setting anybody may set: it must not open a fence to who serves.
        cursor.execute(LOOKS_AWAY_FOR_THE_OWNER_ALONE)
        for model in add_only_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")
