"""What the import contracts cannot say."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import robust

PACKAGE = Path(robust.__file__).parent
DOMAINS = ("organisation", "thread", "programme")
MEETING_PLACES = {"models", "queries", "actions"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
ENGINES = sorted(path.parent.name for path in (PACKAGE / "engines").glob("*/__init__.py"))
WAYS_IN = sorted(
    path
    for domain in (*DOMAINS, "web")
    for kind in ("views", "api", "pages", "forms", "jobs", "templatetags")
    for path in [*(PACKAGE / domain).glob(f"{kind}.py"), *(PACKAGE / domain).glob(f"{kind}/**/*.py")]
)


def within(module: str) -> tuple[str, str]:
    """Give the domain and the kind of a module: robust.programme.views.plan as programme, views."""
    _robust, domain, kind, *_rest = [*module.split("."), "", ""]
    return domain, kind


def test_two_domains_meet_only_at_models_queries_and_actions():
    graph = grimp.build_graph("robust", include_external_packages=False, exclude_type_checking_imports=True)
    links = sorted(
        f"{importer} imports {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if within(importer)[0] in DOMAINS
        and within(imported)[0] in DOMAINS
        and within(importer)[0] != within(imported)[0]
        and within(imported)[1] not in MEETING_PLACES
    )

    assert links == []


@pytest.mark.parametrize("engine", ENGINES)
def test_importing_an_engine_does_not_load_django(engine: str):
    program = f"import sys, robust.engines.{engine}; sys.exit('django' in sys.modules)"

    run = subprocess.run([sys.executable, "-W", "error", "-c", program], env=environment(), check=False)

    assert run.returncode == 0


def environment() -> dict[str, str]:
    return {"PYTHONPATH": str(PACKAGE.parent)}


def managers(path: Path) -> Iterator[str]:
    """Give each manager that a module names; an empty choice, filled in later, is none."""
    tree = ast.parse(path.read_text())
    empty = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "none"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and node not in empty:
            yield f"{path.relative_to(PACKAGE)}, line {node.lineno}: {ast.unparse(node)}"


def test_rows_reach_the_screen_only_through_queries():
    """A manager in a view, page, form, API or job would walk past what an account may see."""
    assert [found for path in WAYS_IN for found in managers(path)] == []
