"""What stands around schemas: operations, parameters, bodies, answers, servers, credentials."""
