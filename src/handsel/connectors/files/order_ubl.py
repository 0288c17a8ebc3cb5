"""A submitted order as a UBL 2.1 Order, made of the members of the JSON; elements in the schema's sequence.

What the standard has no place for, such as the codes of payment and shipping, stays out. `unitCode` is a unit's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from handsel.connectors.files.order_json import Json

ORDER = "urn:oasis:names:specification:ubl:schema:xsd:Order-2"
AGGREGATE = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
BASIC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_PREFIXES = {"": ORDER, "cac": AGGREGATE, "cbc": BASIC}


def order_ubl(order: Json) -> str:
    """The text of the file."""
    for prefix, namespace in _PREFIXES.items():
        ElementTree.register_namespace(prefix, namespace)
    currency = str(order["currency"])
    root = Element(f"{{{ORDER}}}Order")
    _value(root, "UBLVersionID", "2.1")
    _value(root, "ID", order["number"] or order["id"])
    _value(root, "UUID", order["id"])
    _value(root, "IssueDate", order["submitted_on"])
    _value(root, "Note", order["description"])
    _value(root, "DocumentCurrencyCode", currency)
    _value(root, "CustomerReference", order["name"])
    lines = order["lines"]
    assert isinstance(lines, list)
    _value(root, "LineCountNumeric", len(lines))
    _customer(_inside(root, "BuyerCustomerParty"), _object(order, "customer"), _object(order, "bill_to"))
    _inside(root, "SellerSupplierParty")
    delivery = _inside(root, "Delivery")
    _address(delivery, "DeliveryAddress", _object(order, "ship_to"))
    if order["requested_delivery_on"]:
        _value(_inside(delivery, "RequestedDeliveryPeriod"), "EndDate", order["requested_delivery_on"])
    _totals(root, _object(order, "totals"), currency)
    for line in lines:
        _line(_inside(_inside(root, "OrderLine"), "LineItem"), line, currency)
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _customer(party: Element, customer: Json, address: Json) -> None:
    _value(party, "SupplierAssignedAccountID", customer["number"])
    inside = _inside(party, "Party")
    _value(_inside(inside, "PartyIdentification"), "ID", customer["number"] or customer["id"])
    _value(_inside(inside, "PartyName"), "Name", customer["name"])
    _address(inside, "PostalAddress", address)


def _address(parent: Element, name: str, address: Json) -> None:
    if not any(address.values()):
        return
    inside = _inside(parent, name)
    _value(inside, "StreetName", address["line1"])
    _value(inside, "AdditionalStreetName", address["line2"])
    _value(inside, "CityName", address["city"])
    _value(inside, "PostalZone", address["postal_code"])
    _value(inside, "CountrySubentity", address["state"])
    for line in (address["name"], address["line3"]):
        if line:
            _value(_inside(inside, "AddressLine"), "Line", line)
    if address["country"]:
        _value(_inside(inside, "Country"), "Name", address["country"])


def _totals(root: Element, totals: Json, currency: str) -> None:
    lines, net, freight, tax = (_number(totals[name]) for name in ("lines", "before_freight", "freight", "tax"))
    for amount, is_charge, reason in ((lines - net, "false", "Discount"), (freight, "true", "Freight")):
        if amount:
            charge = _inside(root, "AllowanceCharge")
            _value(charge, "ChargeIndicator", is_charge)
            _value(charge, "AllowanceChargeReason", reason)
            _amount(charge, "Amount", amount, currency)
    _amount(_inside(root, "TaxTotal"), "TaxAmount", tax, currency)
    total = _inside(root, "AnticipatedMonetaryTotal")
    _amount(total, "LineExtensionAmount", lines, currency)
    _amount(total, "TaxExclusiveAmount", net + freight, currency)
    _amount(total, "TaxInclusiveAmount", net + freight + tax, currency)
    _amount(total, "AllowanceTotalAmount", lines - net, currency)
    _amount(total, "ChargeTotalAmount", freight, currency)
    _amount(total, "PayableAmount", _number(totals["total"]), currency)


def _line(item: Element, line: Json, currency: str) -> None:
    _value(item, "ID", line["number"] or line["id"])
    _value(item, "UUID", line["id"])
    _value(item, "Quantity", _plain(_number(line["quantity"])), unitCode=str(line["unit"] or "EA"))
    _amount(item, "LineExtensionAmount", _number(line["net"]), currency)
    _amount(item, "TotalTaxAmount", _number(line["tax"]), currency)
    price = _inside(item, "Price")
    discounted = _number(line["price_per_unit"]) - _number(line["volume_discount_per_unit"])
    _amount(price, "PriceAmount", discounted, currency)
    sold = _inside(item, "Item")
    _value(sold, "Name", line["text"])
    product = line["product"]
    if isinstance(product, Mapping):
        _value(_inside(sold, "SellersItemIdentification"), "ID", product["number"] or product["id"])


def _object(order: Json, name: str) -> Json:
    found = order[name]
    assert isinstance(found, Mapping)
    return found


def _inside(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{AGGREGATE}}}{name}")


def _value(parent: Element, name: str, value: object, **attributes: str) -> None:
    if value not in (None, ""):
        text = "".join(letter for letter in str(value) if letter.isprintable() or letter in "\n\t")
        SubElement(parent, f"{{{BASIC}}}{name}", attributes).text = text


def _amount(parent: Element, name: str, amount: Decimal, currency: str) -> None:
    _value(parent, name, _plain(amount), currencyID=currency)


def _number(text: object) -> Decimal:
    return Decimal(str(text)) if text is not None else Decimal(0)


def _plain(number: Decimal) -> str:
    """As a text without zeros at its end."""
    return f"{number.normalize():f}"
