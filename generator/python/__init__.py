"""What things look like in Python: names, types, literals and docstrings, patterns. The sole owner of each."""
