"""The hand-written half of a generated package; the same for every API.

Imports go downwards only, from floor to floor: values and messages, errors and models, HTTP and its steps, requests,
responses and credentials, the flow of a whole call, clients. `http11`, `network` and `transport` alone import HTTP
libraries.
"""
