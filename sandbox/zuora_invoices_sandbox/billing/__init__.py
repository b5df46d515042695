"""From an order and a tenant to an invoice, or to the reasons why there is none."""
