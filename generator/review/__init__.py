"""What changes from one description to another, on the wire and in Python, and whom it breaks."""
