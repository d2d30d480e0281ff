"""Sign in over HTTP as somebody would, and visit every page that the menus lead to."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from http.cookiejar import CookieJar

from robust.config.words import gettext as _

REPLY_SECONDS = 30
WAY_BACK = "next"
WITHOUT_END = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
MENUS = {"nav", "header"}


@dataclass(kw_only=True)
class Walk:
    """What one person saw: pages that came, and what failed."""

    pages: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Answer:
    """A page as it came."""

    status: int
    url: str
    body: str


class Page(HTMLParser):
    """What a visitor can follow on a page: menu links, files it needs, and the fields of its forms."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.menu_links: list[str] = []
        self.files: list[str] = []
        self.fields: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in WITHOUT_END:
            self._open.append(tag)
        if tag == "a" and "href" in given and MENUS & set(self._open):
            self.menu_links.append(given["href"])
        elif tag == "input" and given.get("type") == "hidden":
            self.fields[given.get("name", "")] = given.get("value", "")
        elif tag in {"script", "img"} and given.get("src"):
            self.files.append(given["src"])
        elif tag == "link" and given.get("rel") in {"stylesheet", "icon", "manifest"}:
            self.files.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass


class Visitor:
    """Somebody with a browser's cookies at one address."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, url: str) -> Answer:
        return self._opened(urllib.request.Request(self.absolute(url)))  # noqa: S310 - our own address

    def post(self, url: str, fields: dict[str, str]) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        return self._opened(urllib.request.Request(url, body, {"Referer": url}))  # noqa: S310

    def absolute(self, url: str, *, seen_at: str = "") -> str:
        """Give the whole address, without the place on the page and without where to go back to."""
        joined = urllib.parse.urljoin(seen_at or self.address + "/", url)
        parts = urllib.parse.urlsplit(joined)
        asked = [(name, value) for name, value in urllib.parse.parse_qsl(parts.query) if name != WAY_BACK]
        return parts._replace(query=urllib.parse.urlencode(asked), fragment="").geturl()

    def _opened(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=REPLY_SECONDS) as reply:
                body = reply.read().decode(errors="replace")
                return Answer(status=reply.status, url=reply.url, body=body)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(status=error.code, url=error.url, body="")
        except OSError:
            return Answer(status=0, url=request.full_url, body="")


def walk(address: str, *, email: str, password: str) -> Walk:
    """Sign in, and visit every page and file that can be reached through menus."""
    visitor, walked = Visitor(address), Walk()
    door = visitor.get("/")
    arrived = visitor.post(door.url, {**Page(door.body).fields, "login": email, "password": password})
    if arrived.status != HTTPStatus.OK or _same_page(arrived, door):
        walked.failures.append(
            _("%(email)s could not sign in (%(status)d).") % {"email": email, "status": arrived.status}
        )
        return walked
    _visit_all(visitor, walked, email=email, door=door)
    return walked


def _visit_all(visitor: Visitor, walked: Walk, *, email: str, door: Answer) -> None:
    waiting, known = [visitor.absolute("/")], {visitor.absolute("/")}
    while waiting:
        url = waiting.pop()
        answer = visitor.get(url)
        walked.pages.append(url)
        if answer.status != HTTPStatus.OK or _same_page(answer, door):
            walked.failures.append(
                _("%(url)s answered %(status)d to %(email)s.")
                % {"url": url, "status": answer.status, "email": email}
            )
            continue
        for link in sorted(_links(visitor, answer) - known):
            known.add(link)
            waiting.append(link)


def _links(visitor: Visitor, answer: Answer) -> set[str]:
    if "<html" not in answer.body[:2000]:
        return set()
    page = Page(answer.body)
    links = (visitor.absolute(link, seen_at=answer.url) for link in page.menu_links + page.files)
    return {link for link in links if link.startswith(visitor.address + "/")}


def _same_page(answer: Answer, door: Answer) -> bool:
    return urllib.parse.urlsplit(answer.url).path == urllib.parse.urlsplit(door.url).path
