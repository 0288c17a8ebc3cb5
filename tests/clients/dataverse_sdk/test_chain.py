"""From an opportunity to a paid invoice through Microsoft's own Python client, unmodified."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError

import handsel
from tests.clients.chain import ALL, catalog, give_up, offer, sell, state
from tests.clients.conftest import Certificate, Server, serving
from tests.clients.dataverse_sdk.connection import Sdk, connected
from tests.people import give_role
from tests.webapi.conftest import make_token


def test_the_chain(client: DataverseClient) -> None:
    sell(Sdk(client))


def test_what_comes_to_nothing(client: DataverseClient) -> None:
    give_up(Sdk(client))


def test_the_chain_on_sqlite(sqlite_url: str, certificate: Certificate) -> None:
    with serving(sqlite_url, certificate) as server, connected("sync", server.address, server.token) as client:
        sell(Sdk(client))


def test_each_does_what_their_role_is_for(server: Server, mark: str) -> None:
    with (
        connected("sync", server.address, server.token) as admin,
        as_holder(server, f"seller {mark}", "Salesperson") as seller,
        as_holder(server, f"program {mark}", "Integration", isintegrationuser=True) as program,
    ):
        catalog(Sdk(admin))
        quote = offer(seller)
        seller.act("WinQuote", {"Status": -1, "QuoteClose": {"quoteid@odata.bind": f"/quotes({quote})"}})
        order = seller.act("ConvertQuoteToSalesOrder", {"QuoteId": quote, "ColumnSet": ALL})["salesorderid"]
        seller.update("salesorders", order, {"statecode": 1})
        assert state(seller, "salesorder", order)[0] == 1
        with refused("prvCreateProduct"):
            seller.create("products", {"name": mark})
        with refused("prvCreateUser"):
            seller.create("systemusers", {"domainname": mark, "firstname": mark, "lastname": mark})

        invoice = program.act("ConvertSalesOrderToInvoice", {"SalesOrderId": order, "ColumnSet": ALL})
        assert invoice["totalamount"] == 699.9
        program.update("salesorders", order, {"description": mark})
        assert program.rows("salesorders", f"salesorderid eq {order}", "description")[0]["description"] == mark
        with refused("prvCreateUser"):
            program.create("systemusers", {"domainname": mark, "firstname": mark, "lastname": mark})
        with refused("prvDeleteQuote"):
            program.client.records.delete("quote", quote)


@contextmanager
def as_holder(server: Server, name: str, role: str, **values: object) -> Iterator[Sdk]:
    """The client of a new user who holds one role."""
    with handsel.open(server.database_url) as session:
        names = {"domainname": name, "firstname": "A", "lastname": name}
        give_role(session, session.execute(handsel.Create("systemuser", {**names, **values})).id, role)
    with connected("sync", server.address, make_token(server.database_url, name)) as client:
        yield Sdk(client)


@contextmanager
def refused(privilege: str) -> Iterator[None]:
    """What is done in the block takes a privilege that the role lacks."""
    with pytest.raises(HttpError) as caught:
        yield
    assert caught.value.status_code == 403
    assert caught.value.details["service_error_code"] == "0x80040220"
    assert privilege in str(caught.value)
