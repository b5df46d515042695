"""How values are made from schemas: what a schema says of a place, and what is worth trying there."""
