"""The kind `businesscentral`: orders become sales orders of a company in Business Central."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from uuid import UUID

from handsel.chain.handover.order_snapshot import OrderSnapshot
from handsel.chain.handover.outcomes import Accepted
from handsel.connectors.businesscentral.client import Client, Gone
from handsel.connectors.businesscentral.delivering import put
from handsel.connectors.businesscentral.known import Known, is_blocked, missing
from handsel.connectors.businesscentral.order_bodies import Accounts, wanted
from handsel.connectors.businesscentral.tokens import Tokens
from handsel.connectors.businesscentral.wire import Wire, require_address
from handsel.connectors.contract import Kind, Numbers, RejectedByThem, Setting, Target, Unreachable
from handsel.errors import InvalidArgument

MOST_NAMED = 20
"""How many numbers a sentence of the check names."""


class BusinessCentral:
    """A company in Business Central. Any number of threads may deliver at once."""

    def __init__(self, target: Target) -> None:
        """Nothing is asked yet. Raises InvalidArgument for an address or a secret that cannot work."""
        url = require_address("url", target.address)
        token_url = require_address("token-url", _given(target, "token-url"))
        variable = _given(target, "client-secret-env")
        secret = os.environ.get(variable)
        if not secret:
            raise InvalidArgument(
                f"The environment variable {variable}, which connector {target.name} has its secret in, is not set. "
                "Set it for the process that delivers."
            )
        self._wire = Wire()
        tokens = Tokens(self._wire, token_url, _given(target, "client-id"), secret)
        self._client = Client(url, _given(target, "company"), tokens, self._wire)
        self._known = Known(self._client)
        self._accounts = Accounts(
            target.setting("freight-account"), target.setting("write-in-item"), target.setting("write-in-account")
        )

    def deliver(self, order: OrderSnapshot, delivery_id: UUID) -> Accepted:
        """Make the order there once, or find it. Raises RejectedByThem, Unreachable."""
        customer = self._known.require_customer(order.customer_name, order.customer_number or "")
        body = wanted(order, str(customer["number"]), self._accounts, self._known.unit)
        self._known.require_items(
            {
                str(line["lineObjectNumber"]): str(line["description"])
                for line in body.lines
                if line["lineType"] == "Item"
            }
        )
        return put(self._client, body)

    def check(self, ours: Numbers) -> Iterator[str]:
        """Whether the company can be reached, and what of ours is missing there."""
        try:
            self._client.company_url()
            yield from self._mistakes(ours)
        except (Unreachable, RejectedByThem, Gone) as error:
            yield str(error)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def _mistakes(self, ours: Numbers) -> Iterator[str]:
        accounts = self._accounts
        for option, collection, number in (
            ("freight-account", "accounts", accounts.freight),
            ("write-in-item", "items", accounts.write_in_item),
            ("write-in-account", "accounts", accounts.write_in_account),
        ):
            found = self._known.rows(collection, [number]) if number else {}
            if number and not found:
                yield f"--{option} {number} is not among the {collection} of Business Central."
            if any(is_blocked(row) for row in found.values()):
                yield f"--{option} {number} is blocked in Business Central."
        for what, collection, numbers in (
            ("customers", "customers", ours.customers),
            ("items", "items", ours.products),
        ):
            yield from _lacking(what, list(missing(self._known.rows(collection, numbers), numbers)))
        yield from _lacking("units", [name for name in ours.units if self._known.unit(name) is None])


def _lacking(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        yield f"Business Central lacks {what} that we have: {', '.join(names[:MOST_NAMED])}{more}."


def _given(target: Target, name: str) -> str:
    found = target.setting(name)
    if not found:
        raise InvalidArgument(f"Connector {target.name} has no {name}. Remove it and set it up with --{name}.")
    return found


KIND = Kind(
    "businesscentral",
    "Microsoft Dynamics 365 Business Central",
    Setting("url", "the API, as in https://api.businesscentral.dynamics.com/v2.0/TENANT/ENVIRONMENT/api/v2.0"),
    BusinessCentral,
    (
        Setting("company", "the company's name or id", required=True),
        Setting(
            "token-url",
            "the token endpoint, as in https://login.microsoftonline.com/TENANT/oauth2/v2.0/token",
            required=True,
        ),
        Setting("client-id", "the registered application", required=True),
        Setting("client-secret-env", "the environment variable that holds its secret", required=True),
        Setting("freight-account", "number of the account that freight is a line of"),
        Setting("write-in-item", "number of the item that write-ins are lines of"),
        Setting("write-in-account", "number of the account that write-ins are lines of"),
    ),
)
