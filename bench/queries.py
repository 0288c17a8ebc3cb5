"""Daily queries on many quotes, and daily messages, for `python -m bench.large`.

Every request goes through the Web API's application in this process, without a socket: parsing, statements, JSON.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from bench.company import Company, make_opportunities
from bench.seed import PER_CUSTOMER, Seed, active_places, closed_places, key_of, name_of, number_of

LINES = 10
PAGE = 50

_SELECT = "$select=name,quotenumber,statecode,totalamount,createdon"

Ask = Callable[[], "Call"]


class Call:
    """One request to the application."""

    def __init__(self, method: str, target: str, body: Any = None) -> None:
        self.method, self.body = method, b"" if body is None else json.dumps(body).encode()
        self.path, _, self.query = target.partition("?")


class Api:
    """The application over one database, called as by a server."""

    def __init__(self, url: str, token: str) -> None:
        from handsel.site.wsgi import make_application

        self.application, self.token = make_application(url), token

    def __call__(self, call: Call) -> dict[str, Any]:
        """The JSON of the response. Raises RuntimeError for an error."""
        environ = {
            "REQUEST_METHOD": call.method,
            "PATH_INFO": f"/api/data/v9.2/{unquote(call.path)}",
            "QUERY_STRING": quote(call.query, safe="$=&%(),;/'@"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(call.body),
            "CONTENT_LENGTH": str(len(call.body)),
            "CONTENT_TYPE": "application/json",
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
            "HTTP_PREFER": f"odata.maxpagesize={PAGE}",
        }
        status: list[str] = []
        text = b"".join(self.application(environ, lambda line, _headers: status.append(line)))
        if not status[0].startswith("2"):
            raise RuntimeError(f"{call.method} {call.path}?{call.query}: {status[0]} {text[:500].decode()}")
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}


def queries(api: Api, seed: Seed, views: dict[str, str], size: int) -> Iterator[tuple[str, Ask]]:
    """The queries on a database of the given size, each with its name in the report."""
    chance = random.Random(size)

    def index() -> int:
        return chance.randrange(size)

    def listed(options: str) -> Call:
        return Call("GET", f"quotes?{_SELECT}&{options}")

    def second(options: str) -> Ask:
        link = api(listed(options)).get("@odata.nextLink", "").partition("/api/data/v9.2/")[2]
        return lambda: Call("GET", link) if link else listed(options)  # few rows are one page

    yield "retrieve by id", lambda: Call("GET", f"quotes({key_of('quote', index())})?{_SELECT}")
    yield (
        "retrieve by number and revision",
        lambda: Call("GET", f"quotes(quotenumber='{number_of(index())}',revisionnumber=0)?{_SELECT}"),
    )
    yield "number eq", lambda: listed(f"$filter=quotenumber eq '{number_of(index()).lower()}'")
    yield "number startswith", lambda: listed(f"$filter=startswith(quotenumber,'{number_of(index())[:-1]}')")
    yield "name eq", lambda: listed(f"$filter=name eq '{name_of(index()).upper()}'")
    yield "name startswith", lambda: listed(f"$filter=startswith(name,'{name_of(index())[:10]}')")
    yield "first page", lambda: listed("$count=false")
    yield "first page, $orderby=name", lambda: listed("$orderby=name")
    yield "second page, $orderby=name", second("$orderby=name")
    yield "first page, $orderby=createdon desc", lambda: listed("$orderby=createdon desc")
    yield "second page, $orderby=createdon desc", second("$orderby=createdon desc")
    yield "state, by key", lambda: listed("$filter=statecode eq 1")
    yield "state, $orderby=createdon desc", lambda: listed("$filter=statecode eq 1&$orderby=createdon desc")
    customer = "$filter=_customerid_value eq {}&$orderby=createdon desc"
    yield "customer, newest first", lambda: listed(customer.format(key_of("account", index() // PER_CUSTOMER)))
    below = f"accounts({{}})/quote_customer_accounts?{_SELECT}"
    yield (
        "a customer's quotes by navigation",
        lambda: Call("GET", below.format(key_of("account", index() // PER_CUSTOMER))),
    )
    expanded = "accounts({})?$select=name&$expand=quote_customer_accounts($select=name,totalamount)"
    yield (
        "a customer with $expand of the quotes",
        lambda: Call("GET", expanded.format(key_of("account", index() // PER_CUSTOMER))),
    )
    yield (
        "customers with a won quote (any)",
        lambda: Call("GET", "accounts?$select=name&$filter=quote_customer_accounts/any(q:q/statecode eq 2)"),
    )
    yield "owner, by key", lambda: listed(f"$filter=_ownerid_value eq {chance.choice(seed.owners)}")
    owner = "$filter=_ownerid_value eq {}&$orderby=createdon desc"
    yield "owner, newest first", lambda: listed(owner.format(chance.choice(seed.owners)))
    for name in ("Active Quotes", "My Active Quotes", "All Quotes"):
        yield f"view {name}", partial(Call, "GET", f"quotes?savedQuery={views[name]}")
    fetch = (
        f'<fetch count="{PAGE}"><entity name="quote"><attribute name="name"/><order attribute="name"/><filter>'
        '<condition attribute="statecode" operator="eq" value="2"/></filter></entity></fetch>'
    )
    yield "FetchXML, state, by name", lambda: Call("GET", f"quotes?fetchXml={quote(fetch)}")
    yield (
        "first page with $expand of customer and lines",
        lambda: listed(
            "$orderby=createdon desc&$expand=customerid_account($select=name),quote_details($select=quantity,tax)"
        ),
    )
    yield "$count", lambda: Call("GET", "quotes/$count")
    yield "$count=true with a state", lambda: listed("$count=true&$filter=statecode eq 2")


def conversions(seed: Seed, company: Company, size: int, count: int) -> Iterator[tuple[str, Ask]]:
    """Messages, each on a document without an earlier message: the newest `count` of the series."""
    sources = iter(make_opportunities(seed.session, company, LINES, count))
    closed, active = (iter(places[-count:]) for places in (closed_places(size), active_places(size)))

    def message(name: str, parameter: str, id: UUID) -> Call:
        columns = {"AllColumns": False, "Columns": ["name"]}
        return Call("POST", name, {parameter: str(id), "ColumnSet": columns})

    yield (
        f"GenerateQuoteFromOpportunity, {LINES} lines",
        lambda: message("GenerateQuoteFromOpportunity", "OpportunityId", next(sources)),
    )
    yield "ReviseQuote, 2 lines", lambda: message("ReviseQuote", "QuoteId", key_of("quote", next(closed)))
    yield (
        "ConvertQuoteToSalesOrder, 2 lines",
        lambda: message("ConvertQuoteToSalesOrder", "QuoteId", key_of("quote", next(active))),
    )
