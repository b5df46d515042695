"""The ways in: ASGI, a server, and transports for clients in the same process."""
