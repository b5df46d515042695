"""The README as an index of packages shows it: there a link to a file of the repository leads nowhere.

It becomes a link to the file at the version's tag, or its bare text as long as pyproject.toml names no repository.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_CODE = r"^```.*?^```$|`[^`]+`"
_LINK = r"\[(?P<text>[^\[\]]+)\]\((?P<target>(?!https?:|#)[^()\s]+)\)"
_CODE_OR_LINK = re.compile(f"{_CODE}|{_LINK}", re.DOTALL | re.MULTILINE)


class Readme(MetadataHookInterface):
    """What makes the field `readme` of the project's metadata."""

    def update(self, metadata: dict[str, Any]) -> None:  # Any: what TOML holds
        """Put it there."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        repository = metadata.get("urls", {}).get("Repository")
        base = f"{repository}/blob/v{metadata['version']}" if repository else ""
        metadata["readme"] = {"content-type": "text/markdown", "text": away_from_home(text, base)}


def away_from_home(text: str, base: str) -> str:
    """Markdown whose links to files lead below the address `base`, or are their bare text where that is empty."""

    def place(found: re.Match[str]) -> str:
        words, target = found["text"], found["target"]
        if words is None:  # code, in which nothing is a link
            return found[0]
        return f"[{words}]({base}/{target})" if base else words

    return _CODE_OR_LINK.sub(place, text)
