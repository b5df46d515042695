"""The objects of Prices: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from ._runtime import model as _model
from ._runtime.answered import AnsweredNumber
from ._runtime.values import Integer

__all__ = [
    "Answer",
    "AskResponse404",
    "Question",
    "ReplayLogResponseItem",
    "Tick",
    "WatchTicksResponse404",
    "WatchTicksResponsePause",
    "Word",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class Answer(ResponseModel):
    text: str


class AskResponse404(ResponseModel):
    why: str | None = None


class Question(RequestModel):
    text: str


class ReplayLogResponseItem(ResponseModel):
    line: str | None = None


class Tick(ResponseModel):
    price: AnsweredNumber


class WatchTicksResponse404(ResponseModel):
    why: str | None = None


class WatchTicksResponsePause(ResponseModel):
    seconds: Integer


class Word(ResponseModel):
    word: str
