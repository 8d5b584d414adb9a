"""What is promised in words is kept: the glossary knows every model, add-only tables are so."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from maeul.core.addonly import add_only_models
from maeul.ground.audit import actions as audit
from maeul.ground.audit.models import Act
from maeul.ground.district.tests.factories import DistrictFactory

MODELS = [model for model in apps.get_models() if model.__module__.startswith("maeul.")]
ADD_ONLY = add_only_models()


def test_every_model_has_its_line_in_the_glossary_and_every_line_its_model():
    glossary = Path(settings.BASE_DIR, "docs/glossary.md").read_text()
    lines = re.findall(r"^- .+? `(\w+\.\w+)`: .+", glossary, re.MULTILINE)
    assert len(lines) == len(set(lines)), "a model stands there twice"
    assert set(lines) == {model._meta.label for model in MODELS}


@pytest.fixture
def as_serving_role(db):
    """Speak to the database as the role that serves pages."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.SERVING_ROLE}")
        yield cursor
        cursor.execute("SET LOCAL ROLE NONE")


def refused(cursor, statement):
    """Refused for want of a permission, not for a trigger or a mistake of ours."""
    with pytest.raises(ProgrammingError) as error, transaction.atomic():
        cursor.execute(statement)
    return isinstance(error.value.__cause__, InsufficientPrivilege)


@pytest.mark.parametrize("model", ADD_ONLY, ids=lambda model: model._meta.label)
def test_the_serving_role_only_adds_to_add_only_tables(model, as_serving_role):
    table, column = model._meta.db_table, model._meta.pk.column
    assert refused(as_serving_role, f'UPDATE "{table}" SET "{column}" = "{column}"')
    assert refused(as_serving_role, f'DELETE FROM "{table}"')
    assert refused(as_serving_role, f'TRUNCATE "{table}" CASCADE')
    as_serving_role.execute("SELECT has_table_privilege(%s, 'INSERT')", [table])
    assert as_serving_role.fetchone() == (True,)


def test_the_serving_role_may_change_an_ordinary_table(as_serving_role):
    as_serving_role.execute("SET LOCAL ROLE NONE")
    DistrictFactory()
    as_serving_role.execute(f"SET LOCAL ROLE {settings.SERVING_ROLE}")
    as_serving_role.execute("UPDATE district_district SET name = '다른 구'")
    assert as_serving_role.rowcount == 1
    as_serving_role.execute("DELETE FROM district_district")
    assert as_serving_role.rowcount == 1


def test_the_serving_role_does_not_touch_the_record_of_migrations(as_serving_role):
    assert refused(as_serving_role, "DELETE FROM django_migrations")


def test_even_the_owner_neither_changes_nor_deletes_a_line_of_the_trail(as_owner, at):
    act = audit.note("test.acted", on="thing", by="system", at=at)
    for change in (Act.objects.filter(pk=act.pk).delete, act.save):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()
    assert Act.objects.get(pk=act.pk).verb == "test.acted"
