"""The demo's words and numbers, as they lie in the content folder."""

import tomllib
from importlib import resources
from typing import Any


def content(name: str) -> dict[str, Any]:
    """Read one of the demo's content files: names, organisation, plans, initiatives, community or threads."""
    text = resources.files("robust.demo").joinpath("content", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
