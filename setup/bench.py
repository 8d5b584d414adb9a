"""`make bench-NAME`: run bench/NAME.py on a database of its own that keeps every promise.

Unlike the tests' it waits for the disk, as a real one does. It is made anew each time and thrown
away afterwards. The program finds the site served at BENCH_URL.

`make bench-decide` needs neither; it runs beside the program it is measured against (`setup.peer`).
`make bench-opening` needs neither, but a browser.
"""

import os

from setup.database import database
from setup.machine import ROOT, VAR, Stopped, end, free_port, main, run, say
from setup.peer import peer
from setup.postgres import Cluster
from setup.prepare import PYTHON, browser, prepare
from setup.site import Processes, collect_static_files, make_tables, start_servers


def _main(arguments: list[str]) -> int:
    name = arguments[0] if arguments else ""
    programs = (
        path for path in (ROOT / "bench").glob("[a-z]*.py") if "__main__" in path.read_text()
    )
    known = sorted(path.stem for path in programs)
    if name not in known:
        raise Stopped(f"There is no bench/{name}.py. There are: {', '.join(known) or 'none yet'}")
    prepare(tests=True)
    if name == "decide":
        return run([peer(), "-m", "bench.decide"], env={**os.environ, "DECIDE_PYTHON": str(PYTHON)})
    if name == "opening":
        env = {**os.environ, **browser(), "DJANGO_SETTINGS_MODULE": "config.settings.tests"}
        return run([PYTHON, "-m", "bench.opening"], env=env)
    os.environ["MAEUL_VAR"] = str(VAR / "bench")
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    for folder in ("assets", "assets-fonts"):
        link = VAR / "bench" / folder
        if not link.exists():
            link.symlink_to(VAR / folder)
    Cluster("postgres-bench").forget()
    port, processes = free_port(), Processes()
    try:
        with database("postgres-bench") as env:
            env["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
            env["BENCH_URL"] = f"http://127.0.0.1:{port}"
            say("Making the tables")
            make_tables(env)
            collect_static_files(env)
            try:
                start_servers(env, port, processes)
                env["BENCH_WEB"] = str(processes["web server"].pid)
                return run([PYTHON, "-m", f"bench.{name}"], env=env)
            finally:
                end(processes.values())
    finally:
        Cluster("postgres-bench").forget()


if __name__ == "__main__":
    main(_main)
