"""The review as one page of HTML."""
