"""The operations on doors, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Operation, Response, SecurityScheme

EMPTY_204 = Response("204")
SECURITY = ((SecurityScheme("bearer", "token", "Authorization"),),)

BY_DEFAULT: Operation[None] = Operation(
    id="byDefault",
    method="GET",
    path="/by-default",
    responses=(EMPTY_204,),
    security=SECURITY,
)

BY_BASIC: Operation[None] = Operation(
    id="byBasic",
    method="GET",
    path="/basic",
    responses=(EMPTY_204,),
    security=((SecurityScheme("basic", "username", "Authorization"),),),
)

BY_HEADER: Operation[None] = Operation(
    id="byHeader",
    method="GET",
    path="/header",
    responses=(EMPTY_204,),
    security=((SecurityScheme("header", "header_key", "X-Key"),),),
)

BY_QUERY: Operation[None] = Operation(
    id="byQuery",
    method="GET",
    path="/query",
    responses=(EMPTY_204,),
    security=((SecurityScheme("query", "query_key", "key"),),),
)

BY_COOKIE: Operation[None] = Operation(
    id="byCookie",
    method="GET",
    path="/cookie",
    responses=(EMPTY_204,),
    security=((SecurityScheme("cookie", "cookie_key", "pass"),),),
)

BY_ALL_TOGETHER: Operation[None] = Operation(
    id="byAllTogether",
    method="GET",
    path="/together",
    responses=(EMPTY_204,),
    security=(
        (
            SecurityScheme("bearer", "token", "Authorization"),
            SecurityScheme("header", "header_key", "X-Key"),
            SecurityScheme("query", "query_key", "key"),
            SecurityScheme("cookie", "cookie_key", "pass"),
        ),
    ),
)

BY_EITHER: Operation[None] = Operation(
    id="byEither",
    method="GET",
    path="/either",
    responses=(EMPTY_204,),
    security=(
        (SecurityScheme("bearer", "token", "Authorization", token_url="https://one.example/token", scopes=("read",)),),
        (SecurityScheme("basic", "username", "Authorization"),),
        (SecurityScheme("bearer", "token", "Authorization"), SecurityScheme("header", "header_key", "X-Key")),
    ),
)

BY_FETCHED_TOKEN: Operation[None] = Operation(
    id="byFetchedToken",
    method="GET",
    path="/fetched",
    responses=(EMPTY_204,),
    security=(
        (SecurityScheme("bearer", "token", "Authorization", token_url="https://one.example/token"),),
        (SecurityScheme("bearer", "token", "Authorization"),),
    ),
)

BY_SCOPES: Operation[None] = Operation(
    id="byScopes",
    method="GET",
    path="/scoped",
    responses=(EMPTY_204,),
    security=(
        (
            SecurityScheme(
                "bearer",
                "token",
                "Authorization",
                token_url="https://one.example/token",
                scopes=("read", 'write: "all"'),
            ),
        ),
    ),
)

BY_PERSON: Operation[None] = Operation(
    id="byPerson",
    method="GET",
    path="/person",
    responses=(EMPTY_204,),
    security=SECURITY,
)

BY_NAMES: Operation[None] = Operation(
    id="byNames",
    method="GET",
    path="/named",
    responses=(EMPTY_204,),
    security=((SecurityScheme("header", "client_id2", "X-Client"), SecurityScheme("header", "timeout2", "X-Timeout")),),
)

BY_CHANCE: Operation[None] = Operation(
    id="byChance",
    method="GET",
    path="/maybe",
    responses=(EMPTY_204,),
    security=((SecurityScheme("header", "header_key", "X-Key"),), ()),
)

BY_NOTHING: Operation[None] = Operation(
    id="byNothing",
    method="GET",
    path="/open",
    responses=(EMPTY_204,),
)
