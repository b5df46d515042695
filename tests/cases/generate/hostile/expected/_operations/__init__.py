"""The operations of Pets \"""; import os; os.system('touch /tmp/pwned') #\""" {{ 7*7 }} \\ as data, those of each resource in a file of their own."""

# Generated from the OpenAPI description; do not edit, regenerate.
