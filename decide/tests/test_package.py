"""The package stands alone: own metadata, own licence, nothing of the site."""

import ast
import doctest
import json
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import numpy
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


ELECTION = """META
key;value
num_projects;1
num_votes;1
budget;5
vote_type;approval
rule;greedy
PROJECTS
project_id;cost
1;5
VOTES
voter_id;vote
1;1
"""


def counts(command, folder, **more):
    (folder / "dong.pb").write_text(ELECTION)
    done = subprocess.run(
        [*command, "tally", folder / "dong.pb", "--rule", "equal-shares", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        **more,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["winners"] == ["1"]


def test_the_packages_that_are_named_are_enough_to_count(tmp_path):
    """Copied as the metadata says, with numpy beside them and nothing of the repository."""
    metadata = tomllib.loads((HERE / "pyproject.toml").read_text())
    for package in metadata["tool"]["setuptools"]["packages"]:
        folder = tmp_path / "site" / package.replace(".", "/")
        folder.mkdir(parents=True, exist_ok=True)
        for module in (HERE.parent / package.replace(".", "/")).glob("*.py"):
            shutil.copy(module, folder)
    entry, function = metadata["project"]["scripts"]["decide"].split(":")
    path = f"{tmp_path / 'site'}:{Path(numpy.__file__).parents[1]}"
    script = f"import sys; from {entry} import {function}; sys.exit({function}())"
    for command in (["-m", "decide"], ["-c", script]):
        assert counts([sys.executable, *command], tmp_path, env={"PYTHONPATH": path})


@pytest.mark.proof
def test_installed_alone_in_a_new_environment_it_counts(tmp_path):
    """With pip, which fetches numpy and the build tool."""
    copy = tmp_path / "decide"
    shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    venv.create(tmp_path / "env", with_pip=True)
    bin_ = tmp_path / "env" / "bin"
    pip = [bin_ / "python", "-m", "pip", "install", "--quiet", "--no-input", copy]
    installed = subprocess.run(pip, capture_output=True, text=True, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    assert counts([bin_ / "python", "-m", "decide"], tmp_path)
    assert counts([bin_ / "decide"], tmp_path)


def test_the_examples_of_the_readme_hold():
    tried = doctest.testfile(str(HERE / "README.md"), module_relative=False)
    assert tried.attempted > 3
    assert tried.failed == 0
