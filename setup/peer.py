"""What the product is measured against, in an environment of its own under var/peer.

The peer is licensed otherwise and wants packages that nobody needs who runs the site; so it is
never installed beside it.
"""

from pathlib import Path

from setup.machine import ROOT, VAR, fingerprint, put_stamp, run, say, stamped
from setup.prepare import PYTHON

LOCK = ROOT / "requirements-peer.lock"
HOME = VAR / "peer"


def peer() -> Path:
    """The Python of an environment with the peer in it, made when the lock has changed."""
    python, stamp, value = HOME / "bin" / "python", HOME / "stamp", fingerprint(LOCK.read_text())
    if not stamped(stamp, value):
        say("Installing what we are measured against into var/peer")
        failing = "It could not be installed, see the lines above."
        run([PYTHON, "-m", "venv", "--clear", HOME], failing=failing)
        pip = ["-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--quiet"]
        run([python, *pip, "--disable-pip-version-check", "-r", LOCK], failing=failing)
        put_stamp(stamp, value)
    return python
