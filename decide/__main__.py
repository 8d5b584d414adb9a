"""`python -m decide`: count an election again from its file."""

import sys

from decide.command import main

if __name__ == "__main__":
    sys.exit(main())
