"""Real elections and other public data, which lie beside the repository and not in it.

The folder is `$MAEUL_SHARED`, or `shared` next to the repository.  Tests that need it are skipped
where there is none, and the end of the run says so in one line.
"""

import os
from pathlib import Path

import pytest

_HERE = Path(os.environ.get("MAEUL_SHARED") or Path(__file__).resolve().parents[2] / "shared")
SHARED = _HERE if (_HERE / "data").is_dir() else None
MISSING = f"NO SHARED DATA at {_HERE}: tests on real elections are skipped (set MAEUL_SHARED)"

needs_shared = pytest.mark.skipif(SHARED is None, reason=MISSING)


def shared_files(pattern: str) -> list[Path]:
    """The files under `data` that fit a pattern, sorted; none where the folder is absent."""
    return sorted((SHARED / "data").glob(pattern)) if SHARED else []
