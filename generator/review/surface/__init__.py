"""What Python code sees of a change."""
