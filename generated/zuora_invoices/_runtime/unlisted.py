"""Fields that a description does not list, and that a request has all the same because its maker says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel


class Unlisted(dict[str, object]):
    """The fields of an object beside the declared ones, where any name is meant; else names of groups alone are."""


class Allowing:
    """The context of pydantic's validation of what may have unlisted fields, at any depth."""


def allows_unlisted(model: object) -> bool:
    """Whether the object was made to have unlisted fields."""
    return isinstance(getattr(model, "__pydantic_extra__", None), Unlisted)


def allow_unlisted(model: BaseModel) -> None:
    """Let the object have unlisted fields."""
    object.__setattr__(model, "__pydantic_extra__", Unlisted(model.__pydantic_extra__ or {}))
