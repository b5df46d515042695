"""The command line of Zuora standalone invoices: `python -m zuora_invoices`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="zuora-invoices",
    title="Zuora standalone invoices",
    environment="ZUORA_INVOICES",
    credentials=("token", "client_id", "client_secret"),
    servers=(
        Server("https://rest.na.zuora.com", "US Cloud 1, production"),
        Server("https://rest.sandbox.na.zuora.com", "US Cloud 1, API sandbox"),
        Server("https://rest.zuora.com", "US Cloud 2, production"),
        Server("https://rest.apisandbox.zuora.com", "US Cloud 2, API sandbox"),
        Server("https://rest.test.zuora.com", "US Central Sandbox"),
        Server("https://rest.eu.zuora.com", "EU, production"),
        Server("https://rest.sandbox.eu.zuora.com", "EU, API sandbox"),
        Server("https://rest.test.eu.zuora.com", "EU Central Sandbox"),
        Server("https://rest.ap.zuora.com", "APAC, production"),
        Server("https://rest.test.ap.zuora.com", "APAC Central Sandbox"),
    ),
    resources=(
        Resource(
            "invoices",
            "Invoices",
            "Standalone invoices bill a customer account for one-off goods and services.",
            (
                Command("create_standalone_invoice", "CREATE_STANDALONE_INVOICE", "Create one standalone invoice"),
                Command(
                    "create_standalone_invoices",
                    "CREATE_STANDALONE_INVOICES",
                    "Create up to 50 standalone invoices",
                    bulk="create_standalone_invoices_bulk",
                ),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
