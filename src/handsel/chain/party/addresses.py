"""The address blocks of accounts, contacts, leads, competitors, users and business units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handsel.chain.document.addresses import composite_of
from handsel.chain.party.options import AddressType
from handsel.chain.system.options import DefaultOption, FreightTerms, ShippingMethod
from handsel.tables.columns import Choice, Column, Double, Guid, Integer, Memo, Text
from handsel.tables.table import ColumnGroup

NAME_200 = {"name": 200}
USER_LENGTHS = {
    **dict.fromkeys(("line1", "line2", "line3"), 1024),
    **dict.fromkeys(("city", "country", "county", "state_or_province"), 128),
    **dict.fromkeys(("postal_code", "post_office_box"), 40),
}


class PartyAddress(ColumnGroup):
    """One numbered address of a party: `address1 = PartyAddress("Address1")`.

    `full` adds freight terms and primary contact; `primary` gives the choices their real values (otherwise only the
    default one); `lengths` says which texts are longer or shorter than usual.
    """

    def __init__(
        self,
        prefix: str,
        *,
        without: Iterable[str] = (),
        lengths: Mapping[str, int] | None = None,
        full: bool = False,
        primary: bool = False,
    ) -> None:
        left_out = set(without) | (set() if full else {"freight_terms_code", "primary_contact_name"})
        super().__init__(prefix, without=left_out)
        self.lengths = lengths or {}
        self.primary = primary

    def columns(self) -> dict[str, Column]:
        """Python name without prefix → column."""
        title = f"Address {self.prefix[-1]}"

        def text(name: str, schema: str, label: str, usual: int, format: str | None = None) -> Text:
            length = self.lengths.get(name, usual)
            return Text(length, f"{title}: {label}", schema=f"{self.prefix}_{schema}", format=format)

        def choice(
            options: type[DefaultOption | AddressType | FreightTerms | ShippingMethod], schema: str, label: str
        ) -> Choice:
            chosen = options if self.primary else DefaultOption
            return Choice(chosen, f"{title}: {label}", schema=f"{self.prefix}_{schema}")

        def degrees(schema: str, limit: float) -> Double:
            return Double(
                f"{title}: {schema}", schema=f"{self.prefix}_{schema}", minimum=-limit, maximum=limit, precision=5
            )

        return {
            "address_id": Guid(f"{title}: ID", schema=f"{self.prefix}_AddressId"),
            "address_type_code": choice(AddressType, "AddressTypeCode", "Address Type"),
            "name": text("name", "Name", "Name", 100),
            "primary_contact_name": text("primary_contact_name", "PrimaryContactName", "Primary Contact Name", 100),
            "line1": text("line1", "Line1", "Street 1", 250),
            "line2": text("line2", "Line2", "Street 2", 250),
            "line3": text("line3", "Line3", "Street 3", 250),
            "post_office_box": text("post_office_box", "PostOfficeBox", "Post Office Box", 20),
            "city": text("city", "City", "City", 80),
            "county": text("county", "County", "County", 50),
            "state_or_province": text("state_or_province", "StateOrProvince", "State/Province", 50),
            "postal_code": text("postal_code", "PostalCode", "ZIP/Postal Code", 20),
            "country": text("country", "Country", "Country/Region", 80),
            "telephone1": text("telephone1", "Telephone1", "Telephone 1", 50, "Phone"),
            "telephone2": text("telephone2", "Telephone2", "Telephone 2", 50, "Phone"),
            "telephone3": text("telephone3", "Telephone3", "Telephone 3", 50, "Phone"),
            "fax": text("fax", "Fax", "Fax", 50),
            "freight_terms_code": choice(FreightTerms, "FreightTermsCode", "Freight Terms"),
            "shipping_method_code": choice(ShippingMethod, "ShippingMethodCode", "Shipping Method"),
            "ups_zone": text("ups_zone", "UPSZone", "UPS Zone", 4),
            "utc_offset": Integer(
                f"{title}: UTC Offset", schema=f"{self.prefix}_UTCOffset", minimum=-1500, maximum=1500
            ),
            "latitude": degrees("Latitude", 90),
            "longitude": degrees("Longitude", 180),
            "composite": Memo(
                1000, title, schema=f"{self.prefix}_Composite", derived=composite_of(f"{self.prefix.lower()}_")
            ),
        }
