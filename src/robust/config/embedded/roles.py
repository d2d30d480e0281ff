"""The roles of the embedded database: one owns the tables, one only works with the rows."""

import psycopg
from psycopg import sql

SUPERUSER = "robust_admin"
OWNER = "robust_owner"
APP = "robust_app"
DATABASE = "robust"
LET_THE_APP_WORK = f"""
    GRANT USAGE ON SCHEMA public TO {APP};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP};
"""


def ensure(url: str) -> None:
    """Make the roles and the database where they are missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in present:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if APP not in present:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
        make_database(connection, DATABASE)


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Make an empty database that the owner owns and nobody else may create tables in."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        )
