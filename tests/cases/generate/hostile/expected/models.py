"""The objects of Pets \"""; import os; os.system('touch /tmp/pwned') #\""" {{ 7*7 }} \\: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from datetime import datetime
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from ._runtime import model as _model
from ._runtime.answered import AnsweredTimestamp
from ._runtime.constraints import AnyOf, Condition, In, Present, When
from ._runtime.groups import PropertyGroup
from ._runtime.values import Timestamp

__all__ = [
    "Failure",
    "FailureWhyItem",
    "Pet",
    "PetRequest",
]

DateTime: TypeAlias = Annotated[datetime, Timestamp("%Y-%m-%d \"\\{{ 1 }}'")]
AnsweredDateTime: TypeAlias = Annotated[datetime, AnsweredTimestamp("%Y-%m-%d \"\\{{ 1 }}'")]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class FailureWhyItem(ResponseModel):
    field_1: Annotated[str | None, Field(validation_alias="{{ 1 }}", serialization_alias="{{ 1 }}")] = None
    quote_quote_quote: Annotated[str | None, Field(validation_alias='"""', serialization_alias='"""')] = None


class Pet(ResponseModel):
    """\""" import os raise SystemExit(3) \"""\\"""

    group_import_os: ClassVar[PropertyGroup[str]] = PropertyGroup('^"; import os', str)

    import_os_raise_system_exit_3: Annotated[
        str,
        Field(
            validation_alias='"; import os; raise SystemExit(3) #',
            serialization_alias='"; import os; raise SystemExit(3) #',
        ),
    ]
    """A quote at the end\""""

    class_: Annotated[str | None, Field(validation_alias="__class__", serialization_alias="__class__")] = None
    a_b: Annotated[str | None, Field(validation_alias="a\nb", serialization_alias="a\nb")] = None
    """\""\""""

    x: Annotated[str | None, Field(validation_alias="x\\", serialization_alias="x\\")] = None
    """\\"""

    q: Annotated[str | None, Field(validation_alias="'''q", serialization_alias="'''q")] = None
    field_8_8: Annotated[str | None, Field(validation_alias="{{ 8*8 }}", serialization_alias="{{ 8*8 }}")] = None
    choice: (
        Literal[
            '"',
            "'",
            "\\",
            "\n",
            "\r",
            "\t",
            '"""; import os',
            "''' + exit() + '''",
            "{{ 1 }}",
            "{% x %}",
            "\u202e",
            "\u200f",
            "\x07",
            "\x7f",
            "\u2028",
            "\x85",
            "\ufeff",
            "🐱",
            "é",
            "#",
            " ",
            "",
            "a]; import os; b: Literal['c'",
        ]
        | str
        | None
    ) = None
    one: Literal['"]; import os; x: Literal["'] | None = None
    stamp: AnsweredDateTime | None = None
    pattern: str | None = None
    rule: str | None = None


class PetRequest(RequestModel):
    """\""" import os raise SystemExit(3) \"""\\"""

    group_import_os: ClassVar[PropertyGroup[str]] = PropertyGroup('^"; import os', str)
    constraints: ClassVar[tuple[Condition, ...]] = (
        When(Present("rule"), Present('"; import os; raise SystemExit(3) #', "x\\")),
        AnyOf(In("rule", '"); import os; ("'), Present("'''q")),
    )

    import_os_raise_system_exit_3: Annotated[
        str,
        Field(
            validation_alias='"; import os; raise SystemExit(3) #',
            serialization_alias='"; import os; raise SystemExit(3) #',
        ),
    ]
    """A quote at the end\""""

    class_: Annotated[str | None, Field(validation_alias="__class__", serialization_alias="__class__")] = None
    a_b: Annotated[str | None, Field(validation_alias="a\nb", serialization_alias="a\nb")] = None
    """\""\""""

    x: Annotated[str | None, Field(validation_alias="x\\", serialization_alias="x\\")] = None
    """\\"""

    q: Annotated[str, Field(validation_alias="'''q", serialization_alias="'''q")] = (
        "''' \"\"\" \\ \n \u202e {{ 1 }} \x07 \U0001f431 \xe9"
    )
    field_8_8: Annotated[str, Field(max_length=9, validation_alias="{{ 8*8 }}", serialization_alias="{{ 8*8 }}")] = (
        "{{ 8 }}"
    )
    choice: Literal[
        '"',
        "'",
        "\\",
        "\n",
        "\r",
        "\t",
        '"""; import os',
        "''' + exit() + '''",
        "{{ 1 }}",
        "{% x %}",
        "\u202e",
        "\u200f",
        "\x07",
        "\x7f",
        "\u2028",
        "\x85",
        "\ufeff",
        "🐱",
        "é",
        "#",
        " ",
        "",
        "a]; import os; b: Literal['c'",
    ] = '"""; import os'
    one: Literal['"]; import os; x: Literal["'] | None = None
    stamp: DateTime | None = None
    pattern: Annotated[str | None, Field(pattern='^"\\\\;\\n{2}\'[\\]"]*$')] = None
    rule: str | None = None


class Failure(ResponseModel):
    id_import_os: Annotated[
        str | None, Field(validation_alias='id"); import os; ("', serialization_alias='id"); import os; ("')
    ] = None
    why: Annotated[
        list[FailureWhyItem] | None, Field(validation_alias="'''why\\\n", serialization_alias="'''why\\\n")
    ] = None
