"""The tail of the sizes, which costs more than the mean."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path
    for folder in ("src", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 50, 120


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_compiled(node):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def is_compiled(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function is a compiled loop, which may be longer (decision 0040)."""
    return any(ast.unparse(decorator).startswith("njit") for decorator in node.decorator_list)


def too_long(paths: list[Path], most: int) -> list[str]:
    return [named(path) for path in paths if len(path.read_text().splitlines()) > most]


def test_no_module_is_too_long():
    assert too_long(MODULES, LONGEST_MODULE) == []


def test_no_template_is_too_long():
    assert too_long(TEMPLATES, LONGEST_TEMPLATE) == []


def test_no_function_is_too_long():
    long = [
        f"{named(path)}: {name} has {length} lines"
        for path in MODULES
        for name, length in functions(path)
        if length > LONGEST_FUNCTION
    ]

    assert long == []
