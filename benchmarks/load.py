"""Fifty people click at once for a minute: how many requests, how fast, and whether any of them failed.

Against a server with the demo hospital: python benchmarks/load.py [--host http://localhost:8000]
The target is no error. Each demo person signs in once beforehand and is played by five, so that the limits at
the door are not what is measured. People wait one to three seconds between clicks, as people do. A status
that somebody else wrote meanwhile is answered with 409, which is right. The exit code is 1 if any failed.
"""

import argparse
import os
import platform
import random
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from itertools import cycle
from typing import Any

from locust import HttpUser, between, events, task
from locust.env import Environment
from lxml import html

PASSWORD = "robust-demo-2026"  # noqa: S105 - printed when the demo hospital starts
NAMES = (
    "sygeplejerske",
    "arbejdsplanlaegger",
    "funktionsleder",
    "afdelingsledelse",
    "hr",
    "konsulent",
    "amr",
    "tr",
    "bestyrelse",
    "administrator",
)
WORDS = ("vagt", "overlap", "læge", "introduktion", "kommune", "nattevagten")
SENTENCES = ("Begyndt på to afsnit.", "Seks er i gang, og to er på vej.", "Venter på aftale med klinikken.")
MEANWHILE = 409
SEED = 20261122


def session_of(host: str, name: str) -> Mapping[str, str]:
    """Go through the door once, and give the cookies."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    door = opener.open(f"{host}/account/login/", timeout=30)
    page: Any = html.fromstring(door.read())
    form = page.xpath("//form[.//input[@name='login']]")[0]
    said = {**dict(form.form_values()), "login": f"{name}@demo.example", "password": PASSWORD}
    sent = urllib.request.Request(door.url, urllib.parse.urlencode(said).encode(), {"Referer": door.url})  # noqa: S310
    arrived = opener.open(sent, timeout=30)
    if "/account/" in arrived.url:
        sys.exit(f"{name}@demo.example could not sign in at {host}. Start the server with: ./robust demo")
    return {cookie.name: cookie.value or "" for cookie in jar}


def page_in(answer: Any) -> Any:
    """Give the page of an answer as a tree, or an empty one."""
    return html.fromstring(answer.content or b"<html></html>")


class Person(HttpUser):
    """Somebody at work: looks at lists and pages, searches, and now and then writes a status."""

    wait_time = between(1, 3)
    sessions: Any

    def on_start(self) -> None:
        self.client.cookies.update(next(self.sessions))
        self.initiatives: list[str] = []

    @task(4)
    def see_the_first_page(self) -> None:
        self.client.get("/", name="Min dag")

    @task(5)
    def look_for_initiatives(self) -> None:
        asked = random.choice(("", f"?words={random.choice(WORDS)}", "?judgement=at_risk", "?sort=-stated"))
        page = self.client.get(f"/programme/initiatives/{asked}", name="initiatives")
        links = page_in(page).xpath("//main//table//th//a/@href")
        self.initiatives = [link for link in links if "/initiatives/" in link] or self.initiatives

    @task(5)
    def read_an_initiative(self) -> None:
        if self.initiatives:
            self.client.get(random.choice(self.initiatives), name="initiative")

    @task(2)
    def write_a_status(self) -> None:
        """Write where the page of an initiative offers it."""
        if not self.initiatives:
            return
        page = self.client.get(random.choice(self.initiatives), name="initiative")
        offered = page_in(page).xpath("//main//a[contains(@href, '/status/')]/@href")
        if offered:
            shown = page_in(self.client.get(offered[0], name="write status"))
            for field in shown.xpath("//*[@id='id_text']"):
                self._send(offered[0], next(field.iterancestors("form")))

    def _send(self, address: str, form: Any) -> None:
        said = {**dict(form.form_values()), "text": f"{random.choice(SENTENCES)} ({random.randint(1, 99)})"}
        said.setdefault("judgement", "on_track")
        headers = {"Referer": f"{self.host}{address}"}
        with self.client.post(
            address, said, headers=headers, name="save status", catch_response=True
        ) as answer:
            if answer.status_code == MEANWHILE:
                answer.success()

    @task(3)
    def search(self) -> None:
        self.client.get(f"/search/?words={random.choice(WORDS)}", name="search")

    @task(2)
    def look_around(self) -> None:
        name = random.choice(("plans", "matrix", "timeline", "ideas", "examples", "forums"))
        self.client.get(f"/programme/{name}/", name=name)


def play(host: str, *, people: int, seconds: int) -> Environment:
    """Let the people click for so long."""
    sessions = [session_of(host, name) for name in NAMES]
    Person.host, Person.sessions = host, cycle(sessions)
    environment = Environment(user_classes=[Person], events=events)
    runner = environment.create_local_runner()
    runner.start(people, spawn_rate=10)
    time.sleep(seconds)  # locust makes this give way to the people
    runner.quit()
    return environment


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="http://localhost:8000")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    wanted = parser.parse_args()
    random.seed(SEED)
    stats = play(wanted.host.rstrip("/"), people=wanted.people, seconds=wanted.seconds).stats
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, seed {SEED}")
    print(f"{wanted.people} people for {wanted.seconds} s\n")
    print("| page | requests | errors | median ms | p95 ms |\n| --- | ---: | ---: | ---: | ---: |")
    for line in [*sorted(stats.entries.values(), key=lambda one: one.name), stats.total]:
        p95 = line.get_response_time_percentile(0.95) or 0
        print(
            f"| {line.name} | {line.num_requests} | {line.num_failures} "
            f"| {line.median_response_time or 0:.0f} | {p95:.0f} |"
        )
    for error in stats.errors.values():
        print(error.to_name(), file=sys.stderr)
    return 1 if stats.total.num_failures else 0


if __name__ == "__main__":
    sys.exit(main())
