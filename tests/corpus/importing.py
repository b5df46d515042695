"""Import a package with all its parts: `python importing.py FOLDER PACKAGE`, in any environment.

What it prints, a line of JSON, is which modules it has.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys

_OURS = ("_runtime", "__main__")
"""What every package of ours has, word for word, is tried elsewhere; programs are not there to be imported."""


def imported(folder: str, package: str) -> list[str]:
    """The names of the parts of a package, all of them imported; says them."""
    found = import_all(folder, package)
    sys.stdout.write(json.dumps({"imported": found}) + "\n")
    sys.stdout.flush()
    return found


def import_all(folder: str, package: str) -> list[str]:
    """The names of the parts of a package, all of them imported."""
    sys.path.insert(0, folder)
    module = importlib.import_module(package)
    found: list[str] = []
    for part in pkgutil.walk_packages(module.__path__, f"{package}."):
        if not set(_OURS) & set(part.name.split(".")):
            importlib.import_module(part.name)
            found.append(part.name)
    return found


if __name__ == "__main__":
    imported(sys.argv[1], sys.argv[2])
