"""`make backup FILE=…` and `make restore FILE=…`: database, files and keys, in one archive.

The archive holds secrets; it is written for us alone. Restoring wants an empty folder.
"""

import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

from setup.database import database
from setup.machine import VAR, Stopped, main, say
from setup.postgres import find_programs
from setup.prepare import prepare

DUMP = "database.dump"
# What is fetched or made anew wherever the site runs.
LEFT = {
    *("assets", "assets-fonts", "assets-tests", "assets.stamp", "static", "static.stamp"),
    *("postgres", "postgres-tests", "postgres-bench", "bench", "log", "screens", "fontconfig"),
    *("demo.lock", "prepare.lock", "npm", "whole.lock"),
}


def _main(arguments: list[str]) -> None:
    deed, file = [*arguments, "", ""][:2]
    if deed not in ("backup", "restore") or not file:
        raise Stopped("Say which file: make backup FILE=maeul.tar, make restore FILE=maeul.tar")
    prepare()
    (backup if deed == "backup" else restore)(Path(file).absolute())


def backup(archive: Path) -> None:
    if archive.exists():
        raise Stopped(f"{archive} is there already. Take another name, or remove it first.")
    with tempfile.TemporaryDirectory(dir=VAR) as folder, database() as env:
        dump = Path(folder) / DUMP
        _run("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={env['DATABASE_URL']}")
        ours_alone = os.open(archive, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(ours_alone, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
            tar.add(dump, DUMP)
            for path in sorted(VAR.iterdir()):
                if path.name not in LEFT and path != Path(folder):
                    tar.add(path, f"var/{path.name}")
    say(f"Everything is in {archive}. It holds secrets: keep it where only you can read it.")


def restore(archive: Path) -> None:
    if not archive.exists():
        raise Stopped(f"There is no file {archive}.")
    if there := [path.name for path in VAR.iterdir() if path.name not in LEFT - {"postgres"}]:
        raise Stopped(
            f"{VAR} is not empty ({', '.join(sorted(there)[:5])}). Restore into a new folder of the"
            " project, so that nothing is lost."
        )
    with tempfile.TemporaryDirectory(dir=VAR) as folder, tarfile.open(archive) as tar:
        if hasattr(tarfile, "data_filter"):  # Python 3.11.2 has none yet
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(folder)
        found = Path(folder)
        if not (found / DUMP).exists():
            raise Stopped(f"{archive} is no archive of `make backup`.")
        with database() as env:
            into = f"--dbname={env['DATABASE_URL']}"
            _run("pg_restore", "--single-transaction", "--no-owner", into, found / DUMP)
        for path in sorted((found / "var").iterdir()) if (found / "var").exists() else []:
            path.rename(VAR / path.name)
    say("Everything is back. Next: make demo")


def _run(program: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        [find_programs() / program, *arguments], capture_output=True, text=True, errors="replace"
    )
    if done.returncode:
        raise Stopped(f"{done.stderr}\n{program} failed, see the lines above.")


if __name__ == "__main__":
    main(_main)
