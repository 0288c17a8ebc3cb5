"""What Business Central has of what we name: customers, items, units and accounts, looked up by number.

An order that names what is not there, or is blocked, is refused before it is sent, in a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handsel.connectors.businesscentral.client import Client, Row, text_of
from handsel.connectors.contract import RejectedByThem

AT_ONCE = 40
"""Numbers in one filter, so that its address stays short."""
_NOT_BLOCKED = ("", " ", "_x0020_", None)


class Known:
    """Look-ups in one company. Units are kept until one is asked for that is not among them."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._units: Mapping[str, str] = {}

    def customer(self, number: str) -> Row | None:
        """A customer by number."""
        return self.rows("customers", [number]).get(number.upper())

    def rows(self, collection: str, numbers: Iterable[str]) -> dict[str, Row]:
        """Rows by their numbers in capitals; numbers that are not there are absent."""
        found: dict[str, Row] = {}
        asked = sorted({number.upper() for number in numbers if number})
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            condition = " or ".join(f"number eq {text_of(number)}" for number in some)
            found |= {str(row["number"]).upper(): row for row in self._client.rows(collection, filter=condition)}
        return found

    def unit(self, name: str) -> str | None:
        """The code of a unit that is called so there, by code or name; None if there is none."""
        found = self._units.get(name.upper())
        if found is None:
            rows = list(self._client.rows("unitsOfMeasure"))
            self._units = {
                **{str(row.get("displayName") or "").upper(): str(row["code"]) for row in rows},
                **{str(row["code"]).upper(): str(row["code"]) for row in rows},
            }
            found = self._units.get(name.upper())
        return found

    def require_customer(self, name: str, number: str) -> Row:
        """The customer of an order. Raises RejectedByThem if it is not there or blocked."""
        if not name:
            raise RejectedByThem("Its customer is no account, and no contact of one. Give the contact an account.")
        if not number:
            raise RejectedByThem(f"{name} has no account number. Enter the number it has in Business Central.")
        found = self.customer(number)
        if found is None:
            raise RejectedByThem(
                f"There is no customer {number} in Business Central ({name}). Make it there, or mend our number."
            )
        if is_blocked(found):
            raise RejectedByThem(f"Customer {number} ({name}) is blocked in Business Central. Unblock it there.")
        return found

    def require_items(self, names: Mapping[str, str]) -> None:
        """Items by number, each with what we call it: raises RejectedByThem if one is not there or blocked."""
        found = self.rows("items", names)
        mistakes = [
            f"There is no item {each} in Business Central ({names[each]})."
            for each in names
            if each.upper() not in found
        ]
        mistakes += [
            f"Item {each} ({names[each]}) is blocked in Business Central."
            for each in names
            if each.upper() in found and is_blocked(found[each.upper()])
        ]
        if mistakes:
            raise RejectedByThem(" ".join((*mistakes, "Mend it there, or the product's ID.")))


def missing(found: Mapping[str, Row], numbers: Iterable[str]) -> Iterator[str]:
    """The numbers that are not among the rows."""
    return (number for number in numbers if number.upper() not in found)


def is_blocked(row: Row) -> bool:
    """Whether a customer or item is blocked in some way."""
    blocked = row.get("blocked")
    return blocked if isinstance(blocked, bool) else blocked not in _NOT_BLOCKED
