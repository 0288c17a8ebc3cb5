"""Many rows are written by other statements than few (decision 0004). The result must be the same."""

from decimal import Decimal

import pytest
from django.db import connections

import handsel
from handsel.database.statements import FEW, counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company, fingerprint, line, write_in

LENGTHS = pytest.mark.parametrize("count", [FEW // 2, FEW + 10])


def _custom(company: Company) -> None:
    company.do(handsel.AddColumn("opportunityproduct", "new_place", "text"))
    company.do(handsel.AddColumn("opportunityproduct", "new_depth", "decimal"))


@LENGTHS
def test_lines_arrive_as_they_were_given(company: Company, count):
    _custom(company)
    given = {"new_place": 'a "quoted" place\\', "new_depth": "1.25", "description": "two\nlines\tand ü"}
    lines = [write_in(f"Part {n}", "10.55", "2.5", tax="0.10", **given) for n in range(count)]
    opportunity = company.opportunity(*lines)
    connections[company.session.context.alias].close()  # what is read below has left the process
    found = company.lines("opportunity", opportunity)
    assert [row["lineitemnumber"] for row in found] == list(range(1, count + 1))
    for row in found:
        assert {name: row[name] for name in given} == {**given, "new_depth": Decimal("1.25")}
        assert (row["quantity"], row["priceperunit"], row["baseamount"]) == (
            Decimal("2.5"),
            Decimal("10.55"),
            Decimal("26.38"),
        )
        assert row["isproductoverridden"] is True
        assert row["createdon"] == found[0]["createdon"]
        assert row["createdon"].utcoffset().total_seconds() == 0
    assert company.total("opportunity", opportunity) == count * (Decimal("26.38") + Decimal("0.10"))


@LENGTHS
def test_a_key_taken_twice_is_refused_and_leaves_nothing(company: Company, count):
    rows = [{"name": f"Part {n}", "productnumber": f"N-{n}"} for n in range(count)]
    rows = [{**row, "defaultuomscheduleid": company.group, "defaultuomid": company.piece} for row in rows]
    before = fingerprint(company.session)
    with pytest.raises(handsel.HandselError) as refused:
        company.session.execute_many([handsel.Create("product", row) for row in [*rows, rows[0]]])
    assert refused.value.code == Code.DUPLICATE_RECORD
    assert "context" not in refused.value.message.lower()
    assert fingerprint(company.session) == before
    made = company.session.execute_many([handsel.Create("product", row) for row in rows])
    assert len(company.session.execute_many([handsel.Retrieve("product", row.id) for row in made])) == count


def test_a_page_costs_no_more_statements_than_one_document(company: Company):
    sources = [company.opportunity(line(company.lamp), write_in("Work", 100)) for _ in range(FEW + 10)]
    with counted_statements() as one:
        company.do(handsel.GenerateQuoteFromOpportunity(sources[0]))
    with counted_statements() as page:
        company.session.execute_many([handsel.GenerateQuoteFromOpportunity(source) for source in sources])
    assert len(page) == len(one)


@LENGTHS
def test_converted_lines_equal_their_sources(company: Company, count):
    source = company.opportunity(*(line(company.lamp, n % 5 + 1, manualdiscountamount="1") for n in range(count)))
    quote = company.do(handsel.GenerateQuoteFromOpportunity(source)).id
    names = (
        "productid",
        "quantity",
        "priceperunit",
        "baseamount",
        "manualdiscountamount",
        "extendedamount",
        "lineitemnumber",
    )
    before = [[row[name] for name in names] for row in company.lines("opportunity", source)]
    assert [[row[name] for name in names] for row in company.lines("quote", quote)] == before
    assert company.total("quote", quote) == company.total("opportunity", source)
