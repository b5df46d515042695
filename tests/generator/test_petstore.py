"""A public description of 19 operations, as others wrote it: each is generated, type-checked, and works over HTTP."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import pipeline
from tests.generator.sources import operations, placed
from tests.loopback import Answer, Asked, Loopback, serving
from tests.public.files import PETSTORE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]

PET = {"id": 7, "name": "Rex", "photoUrls": ["http://a/b"], "status": "sold", "tags": [{"id": 1, "name": "x"}]}
ORDER = {"id": 3, "petId": 7, "quantity": 2, "shipDate": "2026-11-21T10:00:00Z", "status": "placed", "complete": True}
USER = {"id": 1, "username": "rex", "email": "a@b", "userStatus": 1}


@dataclass(frozen=True)
class Call:
    """A call of an operation, what must arrive at the server, what it answers, and what the call must give."""

    method: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    arrives: str
    answer: object
    gives: object
    body: object = None
    headers: dict[str, str] | None = None


BEARER = {"authorization": "Bearer t0ken"}
KEY = {"api_key": "k3y"}
CALLS = {
    "updatePet": Call("pet.update_pet", (PET,), {}, "PUT /pet", PET, PET, PET, BEARER),
    "addPet": Call("pet.add_pet", (PET,), {}, "POST /pet", PET, PET, PET, BEARER),
    "findPetsByStatus": Call(
        "pet.find_pets_by_status",
        (),
        {"status": "sold"},
        "GET /pet/findByStatus?status=sold",
        [PET],
        [PET],
        None,
        BEARER,
    ),
    "findPetsByTags": Call(
        "pet.find_pets_by_tags",
        (),
        {"tags": ["a b", "c&d"]},
        "GET /pet/findByTags?tags=a%20b&tags=c%26d",
        [PET, PET],
        [PET, PET],
        None,
        BEARER,
    ),
    "getPetById": Call("pet.get_pet_by_id", (7,), {}, "GET /pet/7", PET, PET, None, KEY),
    "updatePetWithForm": Call(
        "pet.update_pet_with_form",
        (7,),
        {"name": "Max", "status": "a/b"},
        "POST /pet/7?name=Max&status=a%2Fb",
        PET,
        PET,
        None,
        BEARER,
    ),
    "deletePet": Call(
        "pet.delete_pet",
        (7,),
        {"api_key": "other"},
        "DELETE /pet/7",
        None,
        None,
        None,
        {**BEARER, "api_key": "other"},
    ),
    "uploadFile": Call(
        "pet.upload_file",
        (7, b"\x00\xffimage"),
        {"additional_metadata": "side"},
        "POST /pet/7/uploadImage?additionalMetadata=side",
        {"code": 1, "type": "t", "message": "m"},
        {"code": 1, "type": "t", "message": "m"},
        b"\x00\xffimage",
        {**BEARER, "content-type": "application/octet-stream"},
    ),
    "getInventory": Call("store.get_inventory", (), {}, "GET /store/inventory", {"sold": 3}, {"sold": 3}, None, KEY),
    "placeOrder": Call("store.place_order", (ORDER,), {}, "POST /store/order", ORDER, ORDER, ORDER),
    "getOrderById": Call("store.get_order_by_id", (3,), {}, "GET /store/order/3", ORDER, ORDER),
    "deleteOrder": Call("store.delete_order", (3,), {}, "DELETE /store/order/3", None, None),
    "createUser": Call("user.create_user", (USER,), {}, "POST /user", USER, USER, USER),
    "createUsersWithListInput": Call(
        "user.create_users_with_list_input", ([USER, USER],), {}, "POST /user/createWithList", USER, USER, [USER, USER]
    ),
    "loginUser": Call(
        "user.login_user",
        (),
        {"username": "rex", "password": "p w"},
        "GET /user/login?username=rex&password=p%20w",
        "welcome",
        "welcome",
    ),
    "logoutUser": Call("user.logout_user", (), {}, "GET /user/logout", None, None),
    "getUserByName": Call("user.get_user_by_name", ("a b/ü",), {}, "GET /user/a%20b%2F%C3%BC", USER, USER),
    "updateUser": Call("user.update_user", ("rex", USER), {}, "PUT /user/rex", None, None, USER),
    "deleteUser": Call("user.delete_user", ("rex",), {}, "DELETE /user/rex", None, None),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = pipeline.generate(PETSTORE, "petstore_client")
    assert made.files, made.diagnostics
    folder = tmp_path_factory.mktemp("petstore")
    placed(made.files, folder / "petstore_client")
    return folder


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[ModuleType]:
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module("petstore_client")
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "petstore_client"]:
            del sys.modules[name]


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serving(lambda _: Answer()) as loopback:
        yield loopback


def plain(value: Any) -> Any:
    """Models as the JSON that they came from."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return json.loads(value.model_dump_json(by_alias=True, exclude_unset=True)) if hasattr(value, "to_wire") else value


def call(package: ModuleType, server: Loopback, one: Call, flavour: str) -> Any:
    body = b"" if one.answer is None else json.dumps(one.answer).encode()
    server.answer = lambda _: Answer(200, body)
    secrets = {"token": "t0ken", "api_key": "k3y"}
    resource, method = one.method.split(".")
    if flavour == "Client":
        with package.Client(base_url=server.url, **secrets) as client:
            return getattr(getattr(client, resource), method)(*one.arguments, **one.options)

    async def awaited() -> Any:
        async with package.AsyncClient(base_url=server.url, **secrets) as client:
            return await getattr(getattr(client, resource), method)(*one.arguments, **one.options)

    return asyncio.run(awaited())


@pytest.mark.parametrize("flavour", ["Client", "AsyncClient"])
@pytest.mark.parametrize("id", CALLS)
def test_operation(id: str, flavour: str, package: ModuleType, server: Loopback) -> None:  # noqa: A002
    one = CALLS[id]
    found = plain(call(package, server, one, flavour))
    asked: Asked = server.last
    assert f"{asked.method} {asked.target}" == one.arrives
    assert {name: asked.headers.get(name) for name in one.headers or {}} == (one.headers or {})
    if isinstance(one.body, bytes):
        assert asked.body == one.body
    elif one.body is None:
        assert asked.body == b""
        assert "content-type" not in asked.headers
    else:
        sent = json.loads(asked.body)
        assert sent == json.loads(json.dumps(one.body).replace("10:00:00Z", sent_zone(sent)))
        assert asked.headers["content-type"] == "application/json"
    expected = one.gives
    if isinstance(expected, dict) and "shipDate" in expected:
        assert found.pop("shipDate").startswith("2026-11-21T10:00:00")
        expected = {name: value for name, value in expected.items() if name != "shipDate"}
    assert found == expected


def sent_zone(sent: Any) -> str:
    """RFC 3339 lets the zone be `Z` or `+00:00`."""
    return str(sent.get("shipDate", "")).partition("T")[2] if isinstance(sent, dict) else ""


def test_the_calls_are_all_the_operations(package: ModuleType) -> None:
    listed = [one.id for one in operations("petstore_client")]
    assert len(listed) == 19
    assert sorted(listed) == sorted(CALLS)


def test_no_credential_goes_where_none_is_asked_for(package: ModuleType, server: Loopback) -> None:
    call(package, server, CALLS["getOrderById"], "Client")
    assert not {"authorization", "api_key"} & set(server.last.headers)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [(404, b"", "NotFoundError"), (400, b"<p>no</p>", "BadRequestError"), (500, b"{}", "ServerError")],
)
def test_failures_raise(status: int, body: bytes, error: str, package: ModuleType, server: Loopback) -> None:
    server.answer = lambda _: Answer(status, body)
    with package.Client(base_url=server.url, token="t") as client, pytest.raises(package.StatusError) as found:
        client.pet.get_pet_by_id(7, options={"max_retries": 0})
    assert type(found.value).__name__ == error


def test_what_breaks_the_description_is_not_sent(package: ModuleType, server: Loopback) -> None:
    before = len(server.asked)
    with package.Client(base_url=server.url, token="t") as client:
        with pytest.raises(package.RequestValidationError, match=r"photoUrls"):
            client.pet.add_pet({"name": "Rex"})
        with pytest.raises(package.RequestValidationError, match=r"petId"):
            client.pet.delete_pet("seven")
        with pytest.raises(package.RequestValidationError, match=r"status"):
            client.pet.find_pets_by_status(status="gone")
    assert len(server.asked) == before


def test_both_clients_have_the_same_signatures(package: ModuleType) -> None:
    resources = importlib.import_module("petstore_client.resources")
    for one in CALLS.values():
        resource, method = one.method.split(".")
        sync = inspect.signature(getattr(getattr(resources, resource.title()), method))
        assert sync == inspect.signature(getattr(getattr(resources, f"Async{resource.title()}"), method))


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_types(checker: str, folder: Path) -> None:
    use = "from petstore_client import Client, models\n\n"
    use += "with Client(base_url='http://localhost', token='t') as client:\n"
    use += "    pet: models.Pet = client.pet.add_pet(models.PetRequest(name='Rex', photo_urls=[]))\n"
    use += "    stock: dict[str, int] = client.store.get_inventory()\n"
    use += "    client.pet.delete_pet(pet.id or 0, api_key='k')\n"
    (folder / "use.py").write_text(use, encoding="utf-8")
    settings = '{"typeCheckingMode": "standard", "pythonVersion": "3.11", "exclude": ["**/_runtime"]}'
    (folder / "pyrightconfig.json").write_text(settings, encoding="utf-8")
    cache = f"--cache-dir={ROOT / '.mypy_cache' / 'petstore'}"
    command = {
        "mypy": ["mypy", "--strict", "--config-file=", cache, "."],
        "basedpyright": ["basedpyright", "--level", "error", "--pythonpath", sys.executable],
    }[checker]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MYPY"))}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
