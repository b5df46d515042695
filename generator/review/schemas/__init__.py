"""Schemas, compared by what they mean."""
