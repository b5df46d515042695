"""The hand-written half of a generated package; the same for every API.

Imports run one way: `lazy`, `values` and `constraints` are leaves, then `codec`, `model`, `errors`, `operation`, then
`auth`, `request`, `response`, then `transport` (the only file that imports the HTTP library), `flow` and `core`.
"""
