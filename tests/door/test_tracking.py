"""Change tracking for who sees a part of a table: what comes into sight and leaves it, and nothing of other rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import handsel
from handsel import Reference
from handsel.engine.access import Depth
from handsel.engine.rights.privileges import all_privileges
from tests.door.office import ALL_RIGHTS
from tests.door.test_leaks import Company, company, seller
from tests.webapi.client import ROOT, Api

__all__ = ["company", "seller"]

TRACK = "odata.track-changes"


class Reader:
    """The ids that a reader of change tracking holds, who follows link after link."""

    def __init__(self, api: Api, path: str) -> None:
        self.api, self.key = api, {"accounts": "accountid", "quotes": "quoteid", "quotedetails": "quotedetailid"}[path]
        self.held: set[str] = set()
        self.reasons: dict[str, str] = {}
        self.link = f"{path}?$select={self.key}"
        self.sync(prefer=f"{TRACK}; odata.maxpagesize=2")

    def sync(self, prefer: str = "odata.maxpagesize=2") -> None:
        """Follow the links to the end."""
        self.reasons, link = {}, self.link
        while True:
            reply = self.api.get(link, prefer=prefer)
            assert reply.status == 200, reply.body
            for row in reply.rows:
                if "reason" in row:
                    self.reasons[row["id"]] = row["reason"]
                    self.held.discard(row["id"])
                else:
                    self.held.add(row[self.key])
            if "@odata.nextLink" not in reply.json:
                self.link = reply.json["@odata.deltaLink"].removeprefix(ROOT)
                return
            link, prefer = reply.json["@odata.nextLink"].removeprefix(ROOT), "odata.maxpagesize=2"

    def sees(self) -> set[str]:
        """What a list finds."""
        path = self.link.partition("?")[0]
        return {row[self.key] for row in self.api.get(f"{path}?$select={self.key}").rows}


def assign(company: Company, table: str, id: UUID, user: str) -> None:
    owner = Reference("systemuser", company.users[user])
    company.session.execute(handsel.Update(table, id, {"ownerid": owner}))


def made(company: Company, owner: str, name: str) -> UUID:
    values = {"name": name, "ownerid": Reference("systemuser", company.users[owner])}
    id: UUID = company.session.execute(handsel.Create("account", values)).id
    return id


def roles_for_all(company: Company) -> None:
    """Everybody may own rows."""
    for name in ("colleague", "southerner"):
        company.give(company.users[name], company.role)
    company.renew()


def test_rows_that_come_into_sight_and_leave_it(company: Company, seller: Api) -> None:
    roles_for_all(company)
    session = company.session
    near, far, away = (made(company, owner, "A") for owner in ("colleague", "southerner", "southerner"))
    reader = Reader(seller, "accounts")
    assert str(near) in reader.held
    assert str(far) not in reader.held
    assign(company, "account", near, "southerner")
    assign(company, "account", far, "colleague")
    session.execute(handsel.Update("account", away, {"name": "Changed where nobody looks"}))
    count = seller.get(f"accounts/$count?{reader.link.partition('?')[2]}").body
    reader.sync()
    assert count == b"2"
    assert reader.reasons == {str(near): "changed"}
    assert reader.held == reader.sees()
    assert str(far) in reader.held
    reader.sync()
    assert reader.reasons == {}


def test_deletions_of_rows_never_seen_are_not_told(company: Company, seller: Api) -> None:
    roles_for_all(company)
    session = company.session
    near, far, moved = (made(company, owner, "A") for owner in ("colleague", "southerner", "colleague"))
    reader = Reader(seller, "accounts")
    assign(company, "account", moved, "southerner")
    for id in (near, far, moved):
        session.execute(handsel.Delete("account", id))
    reader.sync()
    assert reader.reasons == {str(near): "deleted", str(moved): "deleted"}
    assert reader.held == reader.sees()


def test_lines_come_and_go_with_their_document(company: Company, seller: Api) -> None:
    roles_for_all(company)
    session = company.session
    reader = Reader(seller, "quotedetails")
    hidden, shown = company.hidden, company.visible
    assert reader.held == {str(shown["quotedetail"])}
    assign(company, "quote", hidden["quote"], "colleague")
    reader.sync()
    assert reader.held == {str(shown["quotedetail"]), str(hidden["quotedetail"])}
    assign(company, "quote", hidden["quote"], "southerner")
    reader.sync()
    assert reader.reasons == {str(hidden["quotedetail"]): "changed"}
    session.execute(handsel.Delete("quotedetail", hidden["quotedetail"]))
    session.execute(handsel.Delete("quotedetail", shown["quotedetail"]))
    reader.sync()
    assert reader.reasons == {str(shown["quotedetail"]): "deleted"}
    assert reader.held == reader.sees() == set()


def test_a_new_account_of_ones_own_disturbs_no_reader_of_quotes(company: Company, seller: Api) -> None:
    reader = Reader(seller, "quotes")
    seller.made("accounts", {"name": "Mine"})
    reader.sync()
    assert reader.held == reader.sees()


def expired(company: Company, seller: Api, reader: Reader) -> None:
    reply: Any = seller.get(reader.link)
    assert reply.status == 400, reply.body
    assert "what you may read has changed" in reply.message
    again = Reader(seller, "accounts")
    assert again.held == again.sees()


def test_the_link_expires_with_a_share(company: Company, seller: Api) -> None:
    reader = Reader(seller, "accounts")
    company.share("account", company.hidden["account"], company.seller, ALL_RIGHTS)
    expired(company, seller, reader)


def test_the_link_expires_with_the_rights(company: Company, seller: Api) -> None:
    reader = Reader(seller, "accounts")
    company.grant({**company.everything, "prvReadAccount": Depth.BASIC})
    expired(company, seller, reader)
    whole = {each.name: max(each.depths) for each in all_privileges()}
    reader = Reader(seller, "accounts")
    company.grant(whole)
    expired(company, seller, reader)
    reader = Reader(seller, "accounts")
    company.grant({name: depth for name, depth in whole.items() if name != "prvReadAccount"})
    assert seller.get(reader.link).status == 403
