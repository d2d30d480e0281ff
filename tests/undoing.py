"""Take back what was just done, by the button beside the sentence that says so."""

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client


def sentence(response: HttpResponse) -> str:
    """Give the latest sentence that the page is to say."""
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def undo_of(response: HttpResponse) -> str:
    """Give the address at which what was done is taken back; empty where it is not offered."""
    tags = [message.extra_tags or "" for message in get_messages(response.wsgi_request)][-1]
    return tags.removeprefix("undo=")


def undo(client: Client, response: HttpResponse) -> str:
    """Take it back, and give what is said then."""
    return sentence(client.post(undo_of(response)))
