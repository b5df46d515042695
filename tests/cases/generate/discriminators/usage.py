"""What type checkers know of choices by a tag."""

from typing import assert_type

from discriminators_client import Client
from discriminators_client.models import (
    AnimalBase,
    Card,
    Cat,
    CatRequest,
    Dachshund,
    DachshundRequest,
    DogBase,
    Paid,
    PayRequest,
    Pending,
    UnknownPayResponse,
)


def name_of(client: Client) -> str:
    animal = client.default.add_animal(DachshundRequest(kind="Dachshund", size="small", friend=CatRequest(kind="cat")))
    match animal:
        case Cat():
            return str(animal.lives)
        case Dachshund() | DogBase():
            return f"{animal.size} {animal.friend}"
        case AnimalBase():
            assert_type(animal.name, str | None)
            return animal.kind


def pay(client: Client) -> str | None:
    answer = client.default.pay(PayRequest(means=Card(type="debit", number="1" * 16), fallbacks=[None]))
    assert_type(answer, Paid | Pending | UnknownPayResponse)
    match answer:
        case Paid(on=day):
            return str(day)
        case Pending():
            return None
        case UnknownPayResponse(state=state):
            return state
