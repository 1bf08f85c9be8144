"""Imports go one way: views, admin, commands → domain → models; texts know no Django, exchange no HTTP."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "negotiations"

# For each folder, what none of its files may import. "" stands for all files.
FORBIDDEN = {
    "models": ["domain", "exchange", "views", "forms", "admin", "management", "templatetags", "django.http"],
    "domain": ["views", "forms", "admin", "management", "templatetags", "middleware", "django.http"],
    "texts": [
        "models", "domain", "exchange", "views", "forms", "admin", "management", "database", "templatetags",
        "django",
    ],
    "exchange": ["views", "forms", "admin", "management", "templatetags", "middleware", "django.http"],
    "database": ["domain", "exchange", "views", "forms", "admin", "management", "templatetags"],
    "forms": ["views", "admin", "management"],
    "templatetags": ["admin", "management"],
    "views": ["admin", "management"],
    "admin": ["management"],
    "": ["embedded_postgres", "tests"],
}  # fmt: skip


def imported(source: str, module: str) -> set[str]:
    """The full names that the source of a module imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = module.split(".")[: -node.level]
                base = ".".join([*parent, *([base] if base else [])])
            names |= {base, *(f"{base}.{each.name}" for each in node.names)}
    return names


def faults(path: Path, source: str) -> list[str]:
    """What a file imports against the rules, as sentences."""
    inside = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
    module = ".".join([PACKAGE, *inside])
    if inside[-1] == "__init__":
        module = ".".join([PACKAGE, *inside[:-1], "__init__"])
    names = imported(source, module)
    found = []
    for forbidden in [*FORBIDDEN[""], *FORBIDDEN.get(inside[0], [])]:
        ours = (ROOT / PACKAGE / forbidden).exists() or (ROOT / PACKAGE / f"{forbidden}.py").exists()
        full = f"{PACKAGE}.{forbidden}" if ours else forbidden
        found += [f"{module} imports {name}" for name in names if name == full or name.startswith(f"{full}.")]
    return found


def test_imports_go_one_way():
    files = sorted((ROOT / PACKAGE).rglob("*.py"))
    assert len(files) > 50
    assert [fault for path in files for fault in faults(path, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("domain/boards.py", "from ..views import boards"),
        ("domain/boards.py", "from negotiations.views.boards import show"),
        ("domain/boards.py", "from django.http import HttpRequest"),
        ("domain/__init__.py", "from .. import views"),
        ("models/stances.py", "def late():\n    from ..domain import positions"),
        ("texts/finding.py", "import django.db"),
        ("texts/finding.py", "from ..models import Quote"),
        ("exchange/rows.py", "from django import http"),
        ("views/boards.py", "from tests import people"),
    ],
)
def test_a_wrong_import_is_found(place, line):
    assert faults(ROOT / PACKAGE / place, line)


def test_a_right_import_is_let_through():
    assert not faults(ROOT / PACKAGE / "views/boards.py", "from ..domain import boards\nimport django.http")
