"""Whom the sandbox bills, by which rules; see `model` for what there is and `source` for how it is read."""
