"""Many rows out of one legal row, in the bench's own database: `INSERT … SELECT`.

Written as the owner with the tables' own triggers aside: what is measured is reading.
"""

import os

import psycopg
from psycopg import sql


class Rows:
    def __init__(self):
        self.owner = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def copy(self, row, times: int, **changed: str) -> int:
        """Copy a row of any model.  `changed` are columns as SQL, in which `n` counts the copies
        and `new` is a copy's own number; answers the number before the first copy's.
        """
        model, key = type(row)._meta, type(row)._meta.pk.column
        table = sql.Identifier(model.db_table)
        with self.owner.transaction(), self.owner.cursor() as cursor:
            before = 0
            if key not in changed:
                cursor.execute(
                    sql.SQL("SELECT coalesce(max({}), 0) FROM {}").format(
                        sql.Identifier(key), table
                    )
                )
                before = cursor.fetchone()[0]
                changed = {key: "new", **changed}
            columns = [field.column for field in model.concrete_fields if not field.generated]
            values = [
                sql.SQL(changed[name]) if name in changed else sql.Identifier("t", name)
                for name in columns
            ]
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
            cursor.execute(
                sql.SQL(
                    "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS t,"
                    " generate_series(1, {times}) AS g(n), LATERAL (SELECT {before} + n) AS x(new)"
                    " WHERE t.{key} = {row}"
                ).format(
                    table=table,
                    columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                    values=sql.SQL(", ").join(values),
                    times=times,
                    before=before,
                    key=sql.Identifier(key),
                    row=sql.Literal(row.pk),
                )
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
        return before

    def settle(self):
        """As autovacuum leaves tables after a while."""
        self.owner.execute("VACUUM ANALYZE")
