"""A message of somebody else's package is at every door: declared once, found by its entry point."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import handsel
from handsel.engine.operation_info import check_messages

ROOT = Path(__file__).resolve().parents[2]

MODULE = """
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from handsel.database.row import Item, Reference
from handsel.engine.crud.changing import update_rows
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter
from handsel.engine.work import Work


@dataclass(frozen=True, slots=True)
class RenameAccount(Message[dict[str, str]]):
    \"\"\"Give an account another name.\"\"\"

    operation: ClassVar[Operation] = Operation(
        bound_to="account", binding="account_id", returns={"Before": str, "After": str}
    )

    account_id: UUID
    new_name: Annotated[str, Parameter(name="Name")]
    owner_id: Annotated[UUID | None, Parameter(type="systemuser")] = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("account", self.account_id),)


@handles(RenameAccount)
def rename_accounts(work: Work, items: list[Item[RenameAccount]]) -> None:
    for item in items:
        row = work.as_user.row("account", item.message.account_id)
        item.result = {"Before": row["name"], "After": item.message.new_name}
        update_rows(work, [(item, row, {"name": item.message.new_name})])
"""

PROGRAM = """
import contextlib, io, json, sys

import handsel
from handsel.site.cli import main
from handsel.site.wsgi import make_application
from tests.webapi.client import Api
from tests.webapi.conftest import make_token

url = sys.argv[1]
with handsel.open(url) as session:
    account = session.execute(handsel.Create("account", {"name": "One"})).id

said = io.StringIO()
with contextlib.redirect_stdout(said):
    assert main(["message", "--list", "RenameAccount"]) == 0
    given = json.dumps({"AccountId": str(account), "Name": "Two"})
    assert main(["message", "RenameAccount", given, "--database", url]) == 0

api = Api(make_application(url), make_token(url), url)
bound = api.post(f"accounts({account})/Microsoft.Dynamics.CRM.RenameAccount", {"Name": "Three"})
owner = {"systemuserid": str(account)}
unbound = api.post("RenameAccount", {"AccountId": str(account), "Name": "Four", "Owner": owner})
refused = api.post(f"accounts({account})/Microsoft.Dynamics.CRM.RenameAccount", {"Title": "Five"})
print(json.dumps({
    "said": said.getvalue(),
    "bound": bound.json,
    "unbound": unbound.json,
    "refused": refused.json,
    "metadata": api.get("$metadata").body.decode(),
}))
"""

LIST = "import sys; from handsel.site.cli import main; sys.exit(main(['message', '--list']))"


def run_with(module: str, arguments: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with a package installed that declares a message."""
    (where / "example_messages.py").write_text(module)
    metadata = where / "example_messages-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: example-messages\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[handsel.handlers]\nmessages = example_messages\n")
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(where), str(ROOT)))},
    )


def test_a_message_of_another_package_is_at_every_door(database_url: str, tmp_path: Path) -> None:
    ended = run_with(MODULE, ["-c", PROGRAM, database_url], tmp_path)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert "RenameAccount" in found["said"]
    assert "AccountId*, Name*, Owner" in found["said"]
    assert '"Before": "One"' in found["said"]
    context = found["bound"].pop("@odata.context")
    assert context.endswith("$metadata#Microsoft.Dynamics.CRM.RenameAccountResponse")
    assert found["bound"] == {"Before": "Two", "After": "Three"}
    assert found["unbound"]["After"] == "Four"
    assert found["refused"]["error"]["message"] == "RenameAccount has no parameter 'Title'. It takes Name, Owner."
    assert (
        '<Action Name="RenameAccount" IsBound="true">'
        '<Parameter Name="entity" Type="mscrm.account" Nullable="false"/>'
        '<Parameter Name="Name" Type="Edm.String" Nullable="false"/>'
        '<Parameter Name="Owner" Type="mscrm.systemuser"/>'
        '<ReturnType Type="mscrm.RenameAccountResponse"/></Action>'
    ) in found["metadata"]
    assert (
        '<ComplexType Name="RenameAccountResponse"><Property Name="Before" Type="Edm.String"/>'
        '<Property Name="After" Type="Edm.String"/></ComplexType>'
    ) in found["metadata"]


LISTS = """
import uuid
import handsel
from handsel.site.start import start

start()
from example_messages import RenameAccount

for ids in ("x", ["x"], [1], {}, [str(uuid.UUID(int=1))], None):
    try:
        print(RenameAccount(uuid.UUID(int=2), "Two", ids).owner_id)
    except handsel.InvalidArgument as refused:
        print(refused)
"""


def test_the_items_of_a_list_are_brought_to_their_type(tmp_path: Path) -> None:
    module = MODULE.replace(
        'owner_id: Annotated[UUID | None, Parameter(type="systemuser")]', "owner_id: list[UUID] | None"
    )
    ended = run_with(module, ["-c", LISTS], tmp_path)
    assert ended.stdout.splitlines() == [
        "RenameAccount: OwnerId must be a list, not 'x'.",
        "RenameAccount: OwnerId must be an id like 0196f1b2-…, not 'x'.",
        "RenameAccount: OwnerId must be an id like 0196f1b2-…, not 1.",
        "RenameAccount: OwnerId must be a list, not {}.",
        "[UUID('00000000-0000-0000-0000-000000000001')]",
        "None",
    ], ended.stderr


def test_a_mistake_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    ended = run_with(MODULE.replace('binding="account_id"', 'binding="accountid"'), ["-c", LIST], tmp_path)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert f"{tmp_path / 'example_messages.py'}: RenameAccount: binding names no field: 'accountid'." in line


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("import Work", "import Worker", "example_messages.py: ImportError: cannot import name 'Worker'"),
        ("RenameAccount", "WinQuote", "Two messages are called WinQuote: in handsel.chain.quote.messages and"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_named(right: str, wrong: str, sentence: str, tmp_path: Path) -> None:
    ended = run_with(MODULE.replace(right, wrong), ["-c", LIST], tmp_path)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert sentence in line


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        (
            'binding="account_id"',
            'binding="accountid"',
            "binding names no field: 'accountid'. Its fields are account_id",
        ),
        ('bound_to="account"', 'bound_to="acount"', "bound_to names the unknown type 'acount'"),
        ('bound_to="account", ', "", "binding names 'account_id', but bound_to names no table"),
        ('bound_to="account", binding="account_id"', 'bound_to="contact"', "bound_to names 'contact', but no field"),
        ("account_id: UUID", "account_id: str", "binding names 'account_id', which takes no row. Declare it"),
        ('binding="account_id"', 'binding="account_id", kind="query"', "kind is 'query'. It is"),
        ("ClassVar[Operation] = Operation(", "ClassVar[dict] = dict(", "operation is no Operation. Write operation:"),
        ('returns={"Before": str, "After": str}', 'returns="acount"', "returns names the unknown type 'acount'"),
        ('{"Before": str, "After": str}', '{"Before": complex}', "returns has a type that the Web API does not know"),
        ('type="systemuser"', 'type="user"', "the field owner_id names the unknown type 'user'"),
        ("account_id: UUID", "account_id: Uuid", "an annotation cannot be read: name 'Uuid' is not defined"),
        ("account_id: UUID", "account_id: object", "the field account_id has a type that the Web API does not know"),
        ('binding="account_id"', 'binding="account_id", order=("name",)', "order must name each of new_name, owner_id"),
        ("@dataclass(frozen=True, slots=True)", "", "a message is a dataclass"),
        ("@handles(RenameAccount)", "", "no function does it. Write @handles(RenameAccount) above one."),
    ],
)
def test_a_mistake_is_said_with_file_and_name(
    right: str, wrong: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handsel.engine.message._messages", {})
    monkeypatch.setattr("handsel.engine.handlers._handlers", {})
    assert right in MODULE
    file = tmp_path / "example_messages.py"
    file.write_text(MODULE.replace(right, wrong))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "example_messages", raising=False)
    importlib.import_module("example_messages")
    with pytest.raises(handsel.SetupError) as refused:
        check_messages()
    assert str(refused.value).startswith(f"{file}: RenameAccount: {sentence}")
