"""`make test`, `make proof`, `make journey`: set up, start the tests' own database, run pytest."""

from pathlib import Path

from setup.database import database
from setup.machine import ROOT, Stopped, main, run, say
from setup.peer import peer
from setup.prepare import PYTHON, browser, prepare


def _main(arguments: list[str]) -> int:
    pytest: list[str | Path] = [PYTHON, "-m", "pytest", "-q"]
    kind, rest = "", list(arguments)
    if rest and rest[0] in ("--proof", "--journey"):
        kind = rest.pop(0)
    if kind == "--journey":
        name = rest.pop(0) if rest else ""
        journeys = {path.stem[5:]: path for path in (ROOT / "tests/journeys").glob("test_*.py")}
        if name not in journeys:
            raise Stopped(
                "Say which journey: make journey NAME=… with one of: "
                + (", ".join(sorted(journeys)) or "(none there yet)")
            )
        pytest += ["-p", "no:xdist", journeys[name], "-m", "browser or not browser"]
    elif kind == "--proof":
        pytest += ["-m", "proof"]
    else:
        pytest += ["-n", "2", "--dist", "loadscope", "-m", "not proof"]
    prepare(tests=True)
    peers = {} if kind == "--journey" else _peers()
    with database("postgres-tests", careless=True) as env:
        env |= peers | {
            **browser(),
            "DJANGO_SETTINGS_MODULE": "config.settings.tests",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        return run([*pytest, *rest], env=env)


def _peers() -> dict[str, str]:
    """Where pabutools is, with which `decide` is compared; without it those tests say so."""
    try:
        return {"MAEUL_PEER": str(peer())}
    except Stopped as stopped:
        say(f"{stopped} The comparison with pabutools will be skipped.")
        return {}


if __name__ == "__main__":
    main(_main)
