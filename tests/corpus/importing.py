"""Import a generated package in a fresh interpreter: `python -m tests.corpus.importing FOLDER PACKAGE ...`."""

from __future__ import annotations

import sys

from tests.corpus.calling import imported

if __name__ == "__main__":
    imported(sys.argv[1], sys.argv[2])
