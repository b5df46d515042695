"""Reviews made by hand, for tests of whatever reads one. `SAMPLES` has them by name."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Location, Severity
from generator.document.tree import Array, Object, escape
from generator.review.change import (
    Change,
    Evidence,
    FileChange,
    Hint,
    Level,
    Place,
    Review,
    SymbolChange,
    SymbolKind,
    Use,
    Versions,
    Waiver,
    Wire,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.document.tree import Json

FILE: Final = "spec/openapi.yaml"
PET: Final = "/components/schemas/Pet"


def at(pointer: str, line: int, column: int = 9, file: str = FILE) -> Place:
    return Place(pointer, Location(file, line, column))


def object_of(**members: Json) -> Object:
    return Object(members, Location(FILE, 1, 1))


def array_of(*elements: Json) -> Array:
    return Array(elements, Location(FILE, 1, 1))


def versions(
    base: str = "0.2.0",
    head: str = "0.2.0",
    package: str | None = "0.2.0",
    needed: str = "0.2.0",
    level: Level | None = None,
    explanation: str = "",
    *,
    head_says_it: bool = False,
    package_says_it: bool = False,
) -> Versions:
    return Versions(base, head, package, needed, level, head_says_it, package_says_it, explanation)


UNCHANGED: Final = versions(head_says_it=True, package_says_it=True, explanation="Nothing changed.")

NOTHING: Final = Review("origin/main (1f2e3d4)", FILE, UNCHANGED, drift=(), generated=())

TEXTS: Final = (
    Change(
        "description-changed",
        "the description of `name` is another",
        Wire.DOCS,
        before=at(f"{PET}/properties/name/description", 40),
        after=at(f"{PET}/properties/name/description", 40),
        uses=(Use("POST /pets", "request body", "name"), Use("GET /pets/{id}", "200 response", "name")),
    ),
    Change(
        "example-changed",
        "an example of `POST /pets` is new",
        Wire.DOCS,
        after=at("/paths/~1pets/post/requestBody/content/application~1json/examples/small", 22, 15),
    ),
)

DOCS_ONLY: Final = Review(
    "origin/main (1f2e3d4)",
    FILE,
    versions(
        head="0.2.1",
        needed="0.2.1",
        level=Level.PATCH,
        head_says_it=True,
        explanation="What changes in texts asks for 0.2.1 or later; `info.version` is 0.2.1; the package is 0.2.0: "
        "raise it by the release.",
    ),
    TEXTS,
    drift=(),
    generated=(FileChange("models.py", 1, 1),),
)

BREAK: Final = Change(
    "property-became-required",
    "`name` is required now, and was optional",
    Wire.BREAKING,
    "request",
    before=at(f"{PET}/properties/name", 41),
    after=at(f"{PET}/properties/name", 43),
    uses=(Use("POST /pets", "request body", "name"), Use("PUT /pets/{id}", "request body", "name")),
    python=Level.MAJOR,
    symbols=(
        SymbolChange(
            "models.Pet.name",
            SymbolKind.CHANGED,
            Level.MAJOR,
            "str | None",
            "str",
            "`models.Pet.name` is `str`, was `str | None`",
        ),
    ),
    evidence=Evidence(
        object_of(age=3, weight=Decimal("4.10")),
        accepted_before=True,
        accepted_after=False,
        reason='"name" is a required property',
    ),
)

BROKEN: Final = versions(
    needed="0.3.0",
    level=Level.MAJOR,
    explanation="What breaks asks for 0.3.0 or later (before 1.0.0 a break raises the middle number); `info.version` "
    "is still 0.2.0: raise it; the package is 0.2.0: raise it.",
)

ONE_BREAK: Final = Review(
    "origin/main (1f2e3d4)", FILE, BROKEN, (BREAK,), drift=(), generated=(FileChange("models.py", 1, 1),)
)

SAID: Final = replace(
    ONE_BREAK,
    versions=versions(
        head="0.3.0",
        package="0.3.0",
        needed="0.3.0",
        level=Level.MAJOR,
        head_says_it=True,
        package_says_it=True,
        explanation="What breaks asks for 0.3.0 or later (before 1.0.0 a break raises the middle number); "
        "`info.version` is 0.3.0; the package is 0.3.0.",
    ),
)
"""The same break, and a version that says it."""

WAIVER: Final = Waiver(
    "property-removed",
    f"{PET}/properties/nickname",
    "Nobody sends it; agreed in the meeting of May",
    "2027-01-31",
    Location("spec/waivers.yaml", 2, 5),
)

OPERATIONS: Final = (
    *("POST /pets", "PUT /pets/{id}", "PATCH /pets/{id}", "POST /pets/batch", "POST /owners", "PUT /owners/{id}"),
    *("POST /orders", "PUT /orders/{id}", "POST /shelters", "POST /visits"),
)

MANY: Final = (
    Change(
        "enum-value-added",
        '`status` of an order may be "lost", beside "open" and "sent"',
        Wire.BREAKING,
        "response",
        before=at("/components/schemas/Order/properties/status", 88),
        after=at("/components/schemas/Order/properties/status", 91, file="spec/schemas/order.yaml"),
        uses=(
            Use("GET /orders/{id}", "200 response", "status"),
            Use("GET /orders", "200 response", "items[*].status"),
            Use("GET /orders", "200 response", "items[*].replaces.status"),
        ),
        python=Level.MINOR,
        symbols=(
            SymbolChange(
                "models.OrderStatus.LOST",
                SymbolKind.ADDED,
                Level.MINOR,
                "",
                '"lost"',
                "`models.OrderStatus.LOST` added",
            ),
        ),
        evidence=Evidence(
            object_of(id="o-1", status="lost"),
            accepted_before=False,
            accepted_after=True,
            reason='"lost" is not one of "open" or "sent"',
        ),
    ),
    BREAK,
    Change(
        "property-removed",
        "`nickname` is gone",
        Wire.BREAKING,
        "request",
        before=at(f"{PET}/properties/nickname", 52),
        uses=tuple(Use(one, "request body", "pet.nickname" if "pet" not in one else "nickname") for one in OPERATIONS),
        python=Level.MAJOR,
        symbols=(
            SymbolChange(
                "models.Pet.nickname",
                SymbolKind.REMOVED,
                Level.MAJOR,
                "str | None",
                "",
                "`models.Pet.nickname` removed",
            ),
            *(
                SymbolChange(
                    f"{name}.create(..., nickname=)",
                    SymbolKind.REMOVED,
                    Level.MAJOR,
                    "str | None",
                    "",
                    f"`{name}.create(..., nickname=)` removed",
                )
                for name in ("Pets", "AsyncPets", "Owners", "AsyncOwners", "Visits")
            ),
        ),
        waiver=WAIVER,
    ),
    Change(
        "server-changed",
        "the server is `https://api.example.com/v2`, and was `https://api.example.com/v1`",
        Wire.BREAKING,
        before=at("/servers/0/url", 9, 5),
        after=at("/servers/0/url", 9, 5),
    ),
    Change(
        "component-renamed",
        "the schema `Keeper` is called `Owner`",
        Wire.DOCS,
        before=at("/components/schemas/Keeper", 120, 5),
        after=at("/components/schemas/Owner", 124, 5),
        python=Level.MAJOR,
        symbols=(
            SymbolChange(
                "models.Keeper",
                SymbolKind.REMOVED,
                Level.MAJOR,
                "models.Keeper",
                "models.Owner",
                "`models.Keeper` renamed to `models.Owner`",
            ),
            SymbolChange(
                "models.Owner",
                SymbolKind.ADDED,
                Level.MINOR,
                "models.Keeper",
                "models.Owner",
                "`models.Owner` added, the new name of `models.Keeper`",
            ),
        ),
    ),
    Change(
        "max-length-raised",
        "`note` may have 2000 characters, and could have 255",
        Wire.COMPATIBLE,
        "request",
        before=at(f"{PET}/properties/note/maxLength", 60),
        after=at(f"{PET}/properties/note/maxLength", 57),
        uses=(Use("POST /pets", "request body", "note"),),
        python=Level.MINOR,
        symbols=(
            SymbolChange(
                "models.Pet.note",
                SymbolKind.CHANGED,
                Level.MINOR,
                "Annotated[str, MaxLen(255)]",
                "Annotated[str, MaxLen(2000)]",
                "`models.Pet.note` is `Annotated[str, MaxLen(2000)]`, was `Annotated[str, MaxLen(255)]`",
            ),
        ),
    ),
    Change(
        "condition-dropped",
        "no longer at least one of `chip` and `collar` must be there",
        Wire.COMPATIBLE,
        "request",
        before=at(f"{PET}/anyOf", 70),
        after=at(PET, 33),
        uses=tuple(Use(one, "request body", "") for one in OPERATIONS),
    ),
    Change(
        "operation-added",
        "`DELETE /pets/{id}` is new",
        Wire.COMPATIBLE,
        after=at("/paths/~1pets~1{id}/delete", 30, 5),
        uses=(Use("DELETE /pets/{id}", "", ""),),
        python=Level.MINOR,
        symbols=(
            SymbolChange("Pets.delete", SymbolKind.ADDED, Level.MINOR, "", "(id: str) -> None", "`Pets.delete` added"),
        ),
    ),
    *TEXTS,
    Change(
        "names-changed",
        "an inline schema has another name in Python",
        Wire.DOCS,
        after=at("/paths/~1pets/get/responses/200/content/application~1json/schema", 19),
        python=Level.PATCH,
        symbols=(
            SymbolChange(
                "models.PetList", SymbolKind.CHANGED, Level.PATCH, "", "", "`models.PetList` has another docstring"
            ),
        ),
    ),
)

EVERYTHING: Final = Review(
    "origin/main (1f2e3d4)",
    "HEAD (9a8b7c6)",
    BROKEN,
    MANY,
    findings=(
        Diagnostic(Location(FILE, 22, 15), "invalid-example", Severity.ERROR, "the example lacks 'name'"),
        Diagnostic(Location(FILE, 90, 7), "unused-component", Severity.WARNING, "nothing refers to 'Collar'"),
    ),
    problems=(
        Diagnostic(
            Location("spec/waivers.yaml", 7, 5),
            "waiver-expired",
            Severity.ERROR,
            "the waiver of tag-moved at /tags expired on 2026-01-31 (UTC): mend the break, or agree on a later day",
        ),
    ),
    drift=("models.py", "resources/pets.py"),
    generated=(FileChange("models.py", 120, 48), FileChange("resources/pets.py", 31, 0)),
    hints=(
        Hint('the text still says "up to 40 characters": the bound was 40, it is 20', Location(FILE, 41, 11)),
        Hint("`tests/facts.py` restates the facts of the description: change them there too for `Pet.name`"),
    ),
    notes=("The pattern of `chip` was not tried on values: it is no regular expression of JSON Schema",),
)

HOSTILE_TEXTS: Final = (
    "a | b || c",
    "`code` and ``more`` and ` alone",
    "<!-- spec-review -->",
    "</details></td></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)><details open><summary>x",
    "@everyone @acme/team ping someone@example.com",
    "[click](https://evil.example) ![x](http://evil.example/x.png) <http://evil.example> www.evil.example",
    "#1 acme/pets#2 GH-3 https://github.com/acme/pets/issues/4 :tada: $x^2$ ~~gone~~ **bold** __init__ \\| \\",
    "first line\n\n# heading\r\n| a | b |\n|---|---|\n```\nfence\n- item\n---\n1. one",
    "::error::forged ::stop-commands::x ##[error]forged %0A%0D%25",
    "\x1b[31mred\x1b[0m \x00 \u202eesrever\u202c \u200bhidden\ufeff \u00a0 \U000e0041",
    "&lt;b&gt; &amp; &#64;user {{ 7*7 }} ${{ github.token }}",
)
HOSTILE: Final = " ".join(HOSTILE_TEXTS)


def hostile(words: str) -> Review:
    """A review in which every text of a description, of a file or of git is these words."""
    place = Place(f"/{escape(words)}", Location(words, 3, 7))
    diagnostic = Diagnostic(Location(words, 1, 1), "invalid-example", Severity.ERROR, words)
    symbol = SymbolChange(
        f"models.{words}", SymbolKind.CHANGED, Level.MAJOR, words, words, f"`models.{words}` is {words}"
    )
    change = Change(
        "property-removed",
        words,
        Wire.BREAKING,
        "request",
        before=place,
        after=place,
        uses=(Use(f"POST /{words}", words, words), Use("GET /pets", "", "")),
        python=Level.MAJOR,
        symbols=(symbol,),
        evidence=Evidence(
            object_of(**{words: array_of(words)}), accepted_before=True, accepted_after=False, reason=words
        ),
        waiver=Waiver("property-removed", f"/{words}", words, "2027-01-31", Location(words, 2, 2)),
    )
    return Review(
        words,
        words,
        versions(words, words, words, words, Level.MAJOR, f"Told: {words}"),
        (
            change,
            replace(change, wire=Wire.COMPATIBLE, python=Level.MINOR, waiver=None, after=None),
            replace(change, wire=Wire.DOCS, python=Level.PATCH, waiver=None),
        ),
        findings=(diagnostic,),
        problems=(diagnostic,),
        drift=(words,),
        generated=(FileChange(words, 1, 2),),
        hints=(Hint(words, Location(words, 4, 4)),),
        notes=(words,),
    )


def many(number: int) -> Review:
    """A review with so many changes, a third of each level, each felt by many operations."""
    uses = tuple(Use(one, "request body", f"pets[*].name{index}") for index, one in enumerate(OPERATIONS))
    kinds = ((Wire.BREAKING, Level.MAJOR), (Wire.COMPATIBLE, Level.MINOR), (Wire.DOCS, Level.PATCH))
    changes = [
        replace(
            BREAK,
            message=f"`name{index}` is required now",
            wire=wire,
            python=python,
            after=at(f"{PET}/properties/name{index}", index + 1),
            uses=uses,
        )
        for wire, python in kinds
        for index in range(number // 3 + (wire is Wire.BREAKING) * (number % 3))
    ]
    return replace(EVERYTHING, changes=tuple(changes))


SAMPLES: Final[Mapping[str, Review]] = {
    "nothing": NOTHING,
    "docs-only": DOCS_ONLY,
    "one-break": ONE_BREAK,
    "said": SAID,
    "everything": EVERYTHING,
    "hostile": hostile(HOSTILE),
}
