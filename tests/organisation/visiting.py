"""Addresses of the organisation, what a page said, and how many queries it took."""

from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def at(name: str, *args: Any, **query: Any) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"organisation:{name}", args=args) + (f"?{asked}" if asked else "")


def said(response: HttpResponse) -> str:
    """Give the latest sentence that the page is to say."""
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def count_queries(client: Client, address: str) -> int:
    """Count the queries of a second visit; the first may fill what is kept between visits."""
    client.get(address)
    with CaptureQueriesContext(connection) as run:
        client.get(address)
    return len(run)
