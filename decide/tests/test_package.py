"""The package stands alone: own metadata, own licence, nothing of the site."""

import ast
import doctest
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path for path in HERE.rglob("*.py") if "tests" not in path.parts and "build" not in path.parts
)


def test_every_folder_of_rules_is_installed():
    packages = tomllib.loads((HERE / "pyproject.toml").read_text())["tool"]["setuptools"][
        "packages"
    ]
    folders = {path.parent.relative_to(HERE.parent) for path in MODULES}
    assert packages == sorted(".".join(folder.parts) for folder in folders)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HERE)))
def test_rules_import_the_standard_library_numpy_and_themselves_only(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module if not node.level else "decide"]
        for name in names:
            top = name.partition(".")[0]
            assert top in ("decide", "numpy") or top in sys.stdlib_module_names, name


def test_the_examples_of_the_readme_hold():
    tried = doctest.testfile(str(HERE / "README.md"), module_relative=False)
    assert tried.attempted > 3
    assert tried.failed == 0
