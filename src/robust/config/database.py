"""How the database is reached."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

# While the database is away, a visitor is told so after `timeout` seconds. The pool forgets its failed
# attempts after `reconnect_timeout`; by default it pauses longer and longer, for minutes after the return.
POOL = {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 5}
# A machine that freezes in the middle of a transaction would keep others from the rows it has locked.
TRANSACTION_IDLE_SECONDS = 30


def connection_settings(url: str) -> dict[str, Any]:
    """Turn a PostgreSQL address into Django's settings. Raises: psycopg.ProgrammingError when it is none."""
    parts = conninfo_to_dict(url)
    idle = f"-c idle_in_transaction_session_timeout={TRANSACTION_IDLE_SECONDS}s"
    options = f"{idle} {parts.pop('options', '')}".strip()  # the address has the last word
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "options": options, "pool": POOL},
    }
