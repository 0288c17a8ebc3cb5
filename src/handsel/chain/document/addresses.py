"""Address blocks: the columns of a bill-to or ship-to address, and an address as one text."""

from __future__ import annotations

from collections.abc import Iterable

from handsel.tables.columns import Choice, Column, Guid, Memo, Text
from handsel.tables.facts import Derivation, schema_name_of
from handsel.tables.options import OptionSet
from handsel.tables.table import ColumnGroup

COMPOSITE_PARTS = ("line1", "line2", "line3", "city", "stateorprovince", "postalcode", "country")


def written_address(
    line1: str | None,
    line2: str | None,
    line3: str | None,
    city: str | None,
    state: str | None,
    postal_code: str | None,
    country: str | None,
) -> str | None:
    """An address as one text: its lines, then "city, state postal code", then the country. None when all is empty."""
    region = " ".join(part for part in (state, postal_code) if part)
    place = ", ".join(part for part in (city, region) if part)
    return "\n".join(part for part in (line1, line2, line3, place, country) if part) or None


def composite_of(prefix: str) -> Derivation:
    """The derivation of a `composite` column from its siblings; `prefix` is theirs, as logical name (`billto_`)."""
    return Derivation(written_address, tuple(f"{prefix}{part}" for part in COMPOSITE_PARTS))


class DocumentAddress(ColumnGroup):
    """Where a document is billed or shipped to: `bill_to = DocumentAddress("BillTo")`."""

    def __init__(
        self, prefix: str, *, without: Iterable[str] = (), freight_terms: type[OptionSet] | None = None
    ) -> None:
        super().__init__(prefix, without=without)
        self.freight_terms = freight_terms

    def columns(self) -> dict[str, Column]:
        """Python name without prefix → column."""
        title = {"BillTo": "Bill To", "ShipTo": "Ship To"}[self.prefix]
        columns: dict[str, Column] = {
            "address_id": Guid(f"{title} Address ID", schema=self.schema("address_id")),
            "name": Text(200, f"{title} Name", schema=self.schema("name")),
            "contact_name": Text(150, f"{title} Contact Name", schema=self.schema("contact_name")),
            "line1": Text(250, f"{title} Street 1", schema=self.schema("line1")),
            "line2": Text(250, f"{title} Street 2", schema=self.schema("line2")),
            "line3": Text(250, f"{title} Street 3", schema=self.schema("line3")),
            "city": Text(80, f"{title} City", schema=self.schema("city")),
            "state_or_province": Text(50, f"{title} State/Province", schema=self.schema("state_or_province")),
            "postal_code": Text(20, f"{title} ZIP/Postal Code", schema=self.schema("postal_code")),
            "country": Text(80, f"{title} Country/Region", schema=self.schema("country")),
            "telephone": Text(50, f"{title} Phone", schema=self.schema("telephone"), format="Phone"),
            "fax": Text(50, f"{title} Fax", schema=self.schema("fax")),
            "composite": Memo(
                1000,
                f"{title} Address",
                schema=self.schema("composite"),
                derived=composite_of(f"{self.prefix.lower()}_"),
            ),
        }
        if self.freight_terms is not None:
            freight = Choice(self.freight_terms, f"{title} Freight Terms", schema=self.schema("freight_terms_code"))
            columns["freight_terms_code"] = freight
        return columns

    def schema(self, name: str) -> str:
        """The schema name of the column with this Python name: `line1` → `BillTo_Line1`."""
        return f"{self.prefix}_{schema_name_of(name)}"
