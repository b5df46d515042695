"""What a request has to pass before its invoices are looked at, one gate a file."""
