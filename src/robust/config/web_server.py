"""How gunicorn serves the pages: a few processes with threads, which die with the one that started them."""

import ctypes
import signal
import sys
from typing import Any

from robust.config import env
from robust.config.embedded.leash import SET_DEATH_SIGNAL

wsgi_app = "robust.config.wsgi:application"
worker_class = "gthread"
workers = env.number("ROBUST_WEB_PROCESSES", 2)
threads = 4
preload_app = True  # loaded once, shared by the processes: half the time to start, less memory
timeout = 120
keepalive = 75  # seconds: who clicks again finds the connection open, and a proxy closes its end first
graceful_timeout = 5
control_socket_disable = True
loglevel = "warning"
proc_name = "robust-web"


def post_fork(_server: Any, _worker: Any) -> None:  # pragma: no cover - runs only in gunicorn's own children
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
