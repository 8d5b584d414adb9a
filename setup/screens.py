"""`make screens`: every page of the demo as each role sees it, into var/screens."""

from setup.database import database
from setup.machine import VAR, Stopped, end, free_port, main, run, say
from setup.prepare import PYTHON, browser, prepare
from setup.site import Processes, start_servers


def _main(arguments: list[str]) -> int:
    if not (VAR / "postgres" / "played.stamp").exists():
        raise Stopped("There is no demo to look at yet. Type `make demo` first.")
    prepare(tests=True)
    port, processes = free_port(), Processes()
    with database() as env:
        env |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            **browser(),
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        try:
            start_servers(env, port, processes)
            say(f"Taking pictures into {VAR / 'screens'}")
            address = f"http://127.0.0.1:{port}"
            return run([PYTHON, "-m", "tests.screens", address, *arguments], env=env)
        finally:
            end(processes.values())


if __name__ == "__main__":
    main(_main)
