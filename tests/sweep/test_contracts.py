"""Codes and messages against the published tables, models against the one write path, maps against their targets."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from handsel import errors
from handsel.engine.conversion import all_maps, check_maps, conversions, undecided
from handsel.engine.handlers import handler_of
from handsel.engine.message import message_from, message_names, message_type
from handsel.errors import Code, HandselError
from handsel.tables.facts import Writable
from handsel.tables.info import all_tables, table_info
from handsel.tables.table import WriteRefused

DATA = Path(__file__).resolve().parents[1] / "data"
CODES: dict[str, Any] = json.loads((DATA / "error_codes.json").read_text(encoding="utf-8"))
MESSAGES: dict[str, Any] = json.loads((DATA / "messages.json").read_text(encoding="utf-8"))

NOT_YET = {
    "0x8004e023": "aggregates over more than 50,000 rows",
}
"""Published codes of surfaces that do not exist yet."""


# Codes (behaviour 8 and 9, Web API 11)


def test_every_code_is_published() -> None:
    published = {*CODES["behaviour"], *CODES["security"], *CODES["webapi"]}
    assert {code.text for code in Code} - published == set()


def test_every_published_code_is_a_member() -> None:
    known = {code.text for code in Code}
    assert set(CODES["behaviour"]) - known == set()
    assert set(CODES["security"]) - known == set()
    assert set(CODES["webapi"]) - known == set(NOT_YET)


def error_types() -> list[type[HandselError]]:
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, HandselError)]
    return sorted(found, key=lambda error: error.__name__)


@pytest.mark.parametrize("error", error_types(), ids=lambda error: error.__name__)
def test_every_error_carries_a_published_code_and_its_status(error: type[HandselError]) -> None:
    raised = error("No.")
    assert raised.as_dict() == {"code": raised.code.text, "message": "No."}
    if raised.code is not Code.BUSINESS_RULE and raised.code.text in CODES["webapi"]:
        assert raised.status == CODES["webapi"][raised.code.text]


# Messages (behaviour 3)

A_ROW = {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": str(uuid4())}
SAMPLES = {
    "Edm.Guid": str(uuid4()),
    "Edm.Int32": 1,
    "Edm.Boolean": True,
    "Edm.String": "quote",
    "Edm.DateTimeOffset": "2026-01-31T12:00:00Z",
    "ColumnSet": {"AllColumns": True},
}


def sample(parameter: str, kind: str, message: str) -> Any:
    """A value as a client would send it for a documented parameter."""
    if kind in SAMPLES:
        return SAMPLES[kind]
    if kind in ("quoteclose", "orderclose", "opportunityclose") or parameter == "OrderClose":
        table = (
            {"Q": "quoteid", "O": "salesorderid"}[parameter[0]]
            if "Order" in parameter or parameter[0] == "Q"
            else "opportunityid"
        )
        return {table: str(uuid4()), "subject": "Closed"}
    if kind == "crmbaseentity":
        return A_ROW
    return {"@odata.type": f"Microsoft.Dynamics.CRM.{kind}", f"{kind}id": str(uuid4())}


def bound_row(message: str) -> dict[str, Any]:
    """The parameter that stands for the row a bound action hangs below, as in the SDK classes."""
    fact = MESSAGES[message]
    names = {
        "salesorder": "SalesOrderId",
        "quote": "QuoteId",
        "invoice": "InvoiceId",
        "opportunity": "OpportunityId",
        "lead": "LeadId",
    }
    (table,) = fact["bound"]
    return {names[table]: str(uuid4())} if table in names and message != "FulfillSalesOrder" else {}


DOCUMENTED = [name for name, fact in MESSAGES.items() if fact is not None and fact["parameters"]]
CRUD = [name for name, fact in MESSAGES.items() if fact is None]


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_of_the_issue_is_registered_and_handled(name: str) -> None:
    assert name in message_names()
    assert handler_of(message_type(name)) is not None


def test_every_message_has_a_handler() -> None:
    for name in message_names():
        handler_of(message_type(name))


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_documented_parameters_are_taken_by_name(name: str) -> None:
    parameters = MESSAGES[name]["parameters"]
    row = bound_row(name) if MESSAGES[name]["bound"] else {}
    everything = {parameter: sample(parameter, kind, name) for parameter, (kind, _) in parameters.items()}
    message_from(name, {**row, **everything})
    needed = {parameter: everything[parameter] for parameter, (_, optional) in parameters.items() if not optional}
    message_from(name, {**row, **needed})


@pytest.mark.parametrize("name", DOCUMENTED)
def test_unknown_parameters_are_refused(name: str) -> None:
    with pytest.raises(HandselError) as caught:
        message_from(name, {"Nonsense": 1})
    assert caught.value.code is Code.INVALID_ARGUMENT


# The one write path (architecture 4)

BUSINESS = sorted(info.logical_name for info in all_tables())


@pytest.mark.parametrize("table", BUSINESS)
def test_models_refuse_every_way_to_write(table: str) -> None:
    model = table_info(table).model
    row = model()
    for write in (
        row.save,
        row.delete,
        model._default_manager.create,
        lambda: model._default_manager.all().update(pk=None),
        lambda: model._default_manager.all().delete(),
        lambda: model._default_manager.bulk_create([row]),
        lambda: model._default_manager.bulk_update([row], ["pk"]),
        model._default_manager.get_or_create,
        model._default_manager.update_or_create,
    ):
        with pytest.raises(WriteRefused):
            write()


# Maps (architecture 5)

MAPS = {f"{one.source} → {one.target}": one for one in all_maps()}


@pytest.mark.parametrize("name", MAPS)
def test_every_writable_column_of_a_maps_target_is_decided_once(name: str) -> None:
    one = MAPS[name]
    assert undecided(one) == []
    decided = [*one.same, *one.renamed, *one.fixed, *one.computed, *one.left_blank]
    assert len(decided) == len(set(decided)), "a column is decided twice"


@pytest.mark.parametrize("name", MAPS)
def test_no_map_copies_a_text_into_a_shorter_column(name: str) -> None:
    """Except the name of a line, which is cut: productname has it in full."""
    one = MAPS[name]
    source, target = table_info(one.source).columns, table_info(one.target).columns
    cut = [
        (here, there)
        for here, there in one.pairs()
        if there != table_info(one.target).primary_name
        and (source[here].max_length or 0) > (target[there].max_length or 10**9)
    ]
    assert cut == []


def test_a_map_that_forgets_a_column_is_found() -> None:
    from dataclasses import replace

    one = next(iter(conversions().values())).header
    forgetful = replace(one, same=one.same[1:])
    assert undecided(forgetful) == [one.same[0]]
    assert table_info(one.target).columns[one.same[0]].writable is not Writable.NEVER
    check_maps()


def test_every_step_of_the_chain_is_a_conversion() -> None:
    routes = {(one.header.source, one.header.target) for one in conversions().values()}
    assert {
        ("opportunity", "quote"),
        ("opportunity", "salesorder"),
        ("opportunity", "invoice"),
        ("quote", "quote"),
        ("quote", "salesorder"),
        ("salesorder", "invoice"),
    } <= routes
