"""Turns an OpenAPI description into a typed Python client package."""
