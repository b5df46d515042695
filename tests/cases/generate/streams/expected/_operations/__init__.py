"""The operations of Prices as data, those of each resource in a file of their own."""

# Generated from the OpenAPI description; do not edit, regenerate.
