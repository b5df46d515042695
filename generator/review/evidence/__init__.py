"""Values on which two descriptions disagree."""
