from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from robust.cli.walk import Page, Visitor, walk

PAGES = {
    "/": '<html><nav><a href="/one/?next=/">1</a><a href="//else.example/">x</a></nav><img src="/p.svg">',
    "/one/": '<html><header><a href="two/#top">2</a></header><main><a href="/not-in-a-menu/">3</a></main>',
    "/one/two/": '<html><link rel="stylesheet" href="/s.css"><link href="/c/"><script src="/gone.js">',
    "/p.svg": "<svg></svg>",
    "/s.css": "a { color: red }",
}


class Site(BaseHTTPRequestHandler):
    """A site behind a door that opens for the password "right"."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        inside = "inside=yes" in self.headers.get("Cookie", "")
        if path == "/door/":
            self._answer(200, '<form><input type="hidden" name="token" value="7"></form>')
        elif not inside:
            self._answer(302, "", ("Location", "/door/"))
        else:
            self._answer(200 if path in PAGES else 404, PAGES.get(path, ""))

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if sent == "token=7&login=bo%40demo.example&password=right":
            self._answer(302, "", ("Location", "/"), ("Set-Cookie", "inside=yes; Path=/"))
        else:
            self._answer(200, "no")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


def test_every_menu_entry_and_every_file_of_a_page_is_visited(address):
    walked = walk(address, email="bo@demo.example", password="right")

    pages = [f"{address}{path}" for path in ("/", "/gone.js", "/one/", "/one/two/", "/p.svg", "/s.css")]
    assert sorted(walked.pages) == pages
    assert walked.failures == [f"{address}/gone.js answered 404 to bo@demo.example."]


def test_somebody_who_cannot_sign_in_is_a_failure(address):
    walked = walk(address, email="bo@demo.example", password="wrong")

    assert (walked.pages, walked.failures) == ([], ["bo@demo.example could not sign in (200)."])


def test_a_site_that_does_not_answer_is_a_failure():
    walked = walk("http://127.0.0.1:1", email="bo@demo.example", password="right")

    assert walked.failures == ["bo@demo.example could not sign in (0)."]


def test_a_way_back_and_a_place_on_the_page_make_no_other_page():
    visitor = Visitor("http://localhost:8000")

    assert (
        visitor.absolute("?b=2&next=/x/&a=1#top", seen_at="http://localhost:8000/y/")
        == "http://localhost:8000/y/?b=2&a=1"
    )


def test_elements_that_are_never_closed_do_not_hide_the_end_of_a_menu():
    page = Page('<nav><ul><li><a href="/1">1<li><br></ul></nav><a href="/2">2</a></div>')

    assert page.menu_links == ["/1"]
