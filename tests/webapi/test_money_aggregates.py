"""Sums, averages and extremes of money are in the base currency, whatever they are asked by (Web API 5, pricing 6).

The base currency is USD, and 0.92 euros are one dollar: 46 euros are 50 dollars, 23 are 25, 1 is 1.09.
"""

from typing import Any
from urllib.parse import quote

import pytest

import handsel
from tests.webapi.client import Api

EVERYTHING = 'odata.include-annotations="*"'
FORMATTED = "@OData.Community.Display.V1.FormattedValue"
FUNCTIONS = {"s": "sum", "a": "avg", "low": "min", "high": "max"}
TIE = '<link-entity name="opportunity" from="parentaccountid" to="accountid" alias="o">{}</link-entity>'


@pytest.fixture
def deals(api: Api) -> str:
    """Acme has deals of 100 dollars, 46 euros, and of no value; the fee of each is 10 dollars, 23 euros, 1 euro."""
    with handsel.open(api.database_url) as session:
        session.execute(handsel.AddColumn("opportunity", "new_fee", "money"))
        session.execute(handsel.AddColumn("pricelevel", "new_limit", "money"))
        session.execute(handsel.AddColumn("uom", "new_charge", "money"))
    money = {"currencyname": "Euro", "isocurrencycode": "EUR", "currencysymbol": "€", "exchangerate": 0.92}
    euro = api.made("transactioncurrencies", money)
    acme = api.made("accounts", {"name": "Acme"})
    in_euros = {"transactioncurrencyid@odata.bind": f"/transactioncurrencies({euro})"}
    for name, currency, value, fee in (("A", {}, 100, 10), ("B", in_euros, 46, 23), ("C", in_euros, None, 1)):
        values = {"name": name, "isrevenuesystemcalculated": False, "estimatedvalue": value, "new_fee": fee}
        api.made("opportunities", {**values, **currency, "parentaccountid@odata.bind": f"/accounts({acme})"})
    api.made("pricelevels", {"name": "Euros", "new_limit": 46, **in_euros})
    api.made("pricelevels", {"name": "Dollars", "new_limit": 100})
    return euro


def fetched(api: Api, table: str, inside: str, path: str = "") -> list[dict[str, Any]]:
    xml = f'<fetch aggregate="true"><entity name="{table}">{inside}</entity></fetch>'
    reply = api.get(f"{path or table + 's'}?fetchXml={quote(xml)}", Prefer=EVERYTHING)
    assert reply.status == 200, reply.body
    return reply.rows


def asked_by_fetch(api: Api, column: str) -> dict[str, Any]:
    each = (f'<attribute name="{column}" aggregate="{name}" alias="{alias}"/>' for alias, name in FUNCTIONS.items())
    [found] = fetched(api, "opportunity", "".join(each), "opportunities")
    return found


def asked_by_apply(api: Api, column: str) -> dict[str, Any]:
    named = {**FUNCTIONS, "a": "average"}
    each = ",".join(f"{column} with {name} as {alias}" for alias, name in named.items())
    [found] = api.get(f"opportunities?$apply=aggregate({each})", Prefer=EVERYTHING).rows
    return found


def asked_by_sql(api: Api, column: str) -> dict[str, Any]:
    each = ", ".join(f"{name}({column}) AS {alias}" for alias, name in FUNCTIONS.items())
    [found] = api.get(f"opportunities?sql={quote(f'SELECT {each} FROM opportunity')}", Prefer=EVERYTHING).rows
    return found


WAYS = {"fetchXml": asked_by_fetch, "$apply": asked_by_apply, "sql": asked_by_sql}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("column", "expected", "texts"),
    [
        ("estimatedvalue", (150, 75, 50, 100), ("$150.00", "$75.00", "$50.00", "$100.00")),
        ("estimatedvalue_base", (150, 75, 50, 100), ("$150.00", "$75.00", "$50.00", "$100.00")),
        ("new_fee", (36.09, 12.03, 1.09, 25), ("$36.09", "$12.03", "$1.09", "$25.00")),
    ],
)
def test_every_language_computes_in_the_base_currency(
    api: Api, deals: str, way: str, column: str, expected: tuple[float, ...], texts: tuple[str, ...]
) -> None:
    found = WAYS[way](api, column)
    assert tuple(found[alias] for alias in FUNCTIONS) == expected
    assert tuple(found[alias + FORMATTED] for alias in FUNCTIONS) == texts


def test_grouped_by_currency_they_stay_in_the_base_currency(api: Api, deals: str) -> None:
    computed = "aggregate(estimatedvalue with sum as s,new_fee with max as m)"
    text = f"groupby((transactioncurrencyid/isocurrencycode,_transactioncurrencyid_value),{computed})"
    rows = api.get(f"opportunities?$apply={text}&$orderby=s", Prefer=EVERYTHING).rows
    found = [(row["transactioncurrencyid/isocurrencycode"], row["s"], row["s" + FORMATTED], row["m"]) for row in rows]
    assert found == [("EUR", 50, "$50.00", 25), ("USD", 100, "$100.00", 10)]


def test_groups_are_sorted_by_the_base_amount(api: Api, deals: str) -> None:
    """23 euros are more than 10 dollars, 46 euros less than 100; the fees sort as numbers, not as text."""
    for column, function, expected in (
        ("estimatedvalue", "max", ["A", "B", "C"]),
        ("estimatedvalue", "sum", ["A", "B", "C"]),
        ("new_fee", "max", ["B", "A", "C"]),
        ("new_fee", "min", ["B", "A", "C"]),
        ("new_fee", "average", ["B", "A", "C"]),
    ):
        text = f"groupby((name),aggregate({column} with {function} as x))"
        rows = api.get(f"opportunities?$apply={text}&$orderby=x desc").rows
        assert [row["name"] for row in rows] == expected, (column, function)


def test_over_a_link(api: Api, deals: str) -> None:
    inside = "".join(
        f'<attribute name="{column}" aggregate="sum" alias="{alias}"/>'
        for alias, column in (("s", "estimatedvalue"), ("f", "new_fee"))
    )
    [row] = fetched(api, "account", TIE.format(inside))
    assert (row["s"], row["s" + FORMATTED], row["f"], row["f" + FORMATTED]) == (150, "$150.00", 36.09, "$36.09")
    sql = "SELECT a.name, SUM(o.estimatedvalue) AS s FROM account a INNER JOIN opportunity o ON o.parentaccountid = "
    [row] = api.get(f"accounts?sql={quote(sql + 'a.accountid GROUP BY a.name')}").rows
    assert (row["name"], row["s"]) == ("Acme", 150)


def test_rows_keep_their_own_currency(api: Api, deals: str) -> None:
    rows = api.get("opportunities?$select=estimatedvalue,new_fee&$orderby=name", Prefer=EVERYTHING).rows
    assert [row["new_fee" + FORMATTED] for row in rows] == ["$10.00", "€23.00", "€1.00"]
    assert [row["estimatedvalue"] for row in rows] == [100, 46, None]


def test_counts_and_groups_are_of_the_amounts_themselves(api: Api, deals: str) -> None:
    text = "aggregate(estimatedvalue with countdistinct as d)"
    assert api.get(f"opportunities?$apply={text}").rows == [{"d": 2}]
    rows = api.get("opportunities?$apply=groupby((estimatedvalue))&$orderby=estimatedvalue").rows
    assert [row["estimatedvalue"] for row in rows] == [None, 46, 100]


def test_own_amounts_of_rows_without_a_rate_take_that_of_their_currency(api: Api, deals: str) -> None:
    """A price list keeps no rate, a unit has no currency at all."""
    [row] = fetched(api, "pricelevel", '<attribute name="new_limit" aggregate="sum" alias="s"/>')
    assert row["s"] == 150
    group = api.made("uomschedules", {"name": "Pieces", "baseuomname": "Piece"})
    [piece] = api.get("uoms?$select=uomid").rows
    assert api.patch(f"uoms({piece['uomid']})", {"new_charge": 5}).status == 204
    in_group = {"uomscheduleid@odata.bind": f"/uomschedules({group})"}
    api.made("uoms", {"name": "Ten", "quantity": 10, "new_charge": 7.25, **in_group})
    [row] = fetched(api, "uom", '<attribute name="new_charge" aggregate="sum" alias="s"/>')
    assert row["s"] == 12.25


@pytest.mark.parametrize(
    ("rate", "fee", "expected"),
    [
        ("8", "0.12", "0.02"),  # 0.015, a half
        ("8", "-0.12", "-0.02"),
        ("8.000000000001", "0.12", "0.01"),  # 0.014999999999998…, below a half from the twelfth digit on
        ("7.999999999999", "0.12", "0.02"),
        ("3", "100", "33.33"),
    ],
)
def test_own_amounts_are_rounded_row_by_row_as_base_amounts_are(
    api: Api, deals: str, rate: str, fee: str, expected: str
) -> None:
    api.patch(f"transactioncurrencies({deals})", {"exchangerate": float(rate)})
    in_euros = {"transactioncurrencyid@odata.bind": f"/transactioncurrencies({deals})"}
    values = {"isrevenuesystemcalculated": False, "estimatedvalue": float(fee), "new_fee": float(fee)}
    api.made("opportunities", {"name": "D", **values, **in_euros})
    api.made("opportunities", {"name": "D", **values, **in_euros})
    computed = "aggregate(new_fee with sum as own,estimatedvalue with sum as declared)"
    [row] = api.get(f"opportunities?$apply=filter(name eq 'D')/{computed}").rows
    assert row == {"own": float(expected) * 2, "declared": float(expected) * 2}


def test_a_row_with_amounts_keeps_a_currency(api: Api) -> None:
    """Without one its base amount could not follow the amount, and every sum would be wrong."""
    account = api.made("accounts", {"name": "Acme", "revenue": 100})
    nothing = {"transactioncurrencyid@odata.bind": None}
    reply = api.patch(f"accounts({account})", nothing)
    assert (reply.status, reply.code) == (400, "0x80048cfb")
    assert "revenue" in reply.message
    assert api.patch(f"accounts({account})", {**nothing, "revenue": None}).status == 204
    row = api.get(f"accounts({account})?$select=revenue,revenue_base").json
    assert (row["revenue"], row["revenue_base"]) == (None, None)
    assert api.patch(f"accounts({account})", {"revenue": 5}).code == "0x80048cfb"
