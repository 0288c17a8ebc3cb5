"""Accounts and contacts are trees without cycles; further addresses are numbered."""

from handsel import Reference, Update
from handsel.database.statements import counted_statements
from handsel.errors import Code
from tests.scenarios.company import Company


def test_no_account_stands_above_itself(company: Company) -> None:
    branch = company.create("account", name="Branch", parentaccountid=company.acme)
    desk = company.create("account", name="Desk", parentaccountid=branch)
    loop = Update("account", company.acme, {"parentaccountid": desk})
    company.refuses(loop, Code.BUSINESS_RULE, "Acme", "above itself")
    company.refuses(Update("account", desk, {"parentaccountid": desk}), Code.BUSINESS_RULE, "Desk")


def test_no_contact_stands_above_itself(company: Company) -> None:
    bob = company.create("contact", lastname="Bob", parentcustomerid=Reference("contact", company.ann))
    loop = Update("contact", company.ann, {"parentcustomerid": Reference("contact", bob)})
    company.refuses(loop, Code.BUSINESS_RULE, "Ann Lee", "above itself")
    company.update("contact", company.ann, parentcustomerid=Reference("account", company.acme))


def test_further_addresses_are_numbered_behind_those_on_the_row(company: Company) -> None:
    numbers = []
    for parent in (Reference("account", company.acme), Reference("contact", company.ann)):
        made = company.create_many("customeraddress", *({"name": name, "parentid": parent} for name in "AB"))
        numbers.append([company.columns("customeraddress", id, "addressnumber")[0] for id in made])
    assert numbers == [[3, 4], [4, 5]]
    company.delete("account", company.acme)
    assert company.all("customeraddress", parentid=company.acme) == []


def test_fifty_accounts_take_the_statements_of_one(company: Company) -> None:
    counts = []
    for size in (1, 50):
        branches = company.create_many("account", *({"name": f"B {size}.{n}"} for n in range(size)))
        with counted_statements() as count:
            company.session.execute_many([Update("account", id, {"parentaccountid": company.acme}) for id in branches])
        counts.append(len(count))
    assert counts[0] == counts[1]
