"""The worker: takes jobs from the queue until it is asked to stop, while the database comes and goes."""

import asyncio
import logging
import signal
import time
from collections.abc import Callable

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

logger = logging.getLogger(__name__)
LONGEST_PAUSE_SECONDS = 15.0


def run(*, concurrency: int = 2, pause: Callable[[float], None] = time.sleep) -> None:
    """Work until SIGTERM or SIGINT; Django is set up before.

    Jobs get five seconds to end then, and the rest go back into the queue with their checkpoint. When the
    database is lost, wait and try again, at most fifteen seconds later.
    """
    wait_seconds = 1.0
    while not asyncio.run(_serve(concurrency)):
        logger.warning("The worker has lost the database. It tries again in %.0f s.", wait_seconds)
        pause(wait_seconds)
        wait_seconds = min(wait_seconds * 2, LONGEST_PAUSE_SECONDS)


async def _serve(concurrency: int) -> bool:
    """Serve until stopped; give whether somebody asked for that."""
    serving = asyncio.current_task()
    assert serving is not None  # noqa: S101 - a running coroutine always has one
    asked = asyncio.Event()  # the database may go while the work is being ended

    def stop() -> None:
        asked.set()
        serving.cancel()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop)
    try:
        await _work(concurrency)
    except asyncio.CancelledError:
        return True
    except (ConnectorException, psycopg.OperationalError):
        logger.debug("The worker cannot reach the database.", exc_info=True)
    return asked.is_set()


async def _work(concurrency: int) -> None:
    address = connector_params()
    await (await psycopg.AsyncConnection.connect(**address)).close()  # a pool tries in silence for 30 s
    with app.replace_connector(PsycopgConnector(kwargs=address)):
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                update_heartbeat_interval=2,
                stalled_worker_timeout=6,
                fetch_job_polling_interval=1,
                abort_job_polling_interval=1,
                shutdown_graceful_timeout=5,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
