"""A million quotes in minutes: rows copied inside the database from one that the ordinary messages made.

Each quote has two lines, each customer twenty quotes, each of 2,000 owners, who are in 300
units, as many as the others; every quote is shared with one more of them. The newest two of a
hundred are drafts, the three before them active, all older ones won or closed. Keys, numbers and names follow from the
position in the series. Unlike quotes made by messages, these have no audit rows and events.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from bench.company import Company, at_unit_depth, columns_of, line
from handsel import Associate, Create, Session
from handsel.database.statements import connection, run
from tests.door.office import ALL_RIGHTS, Office, shared

LINES = 2
PER_CUSTOMER = 20
OWNERS = 2_000
UNITS = 300
_CHUNK = 100_000
_SCRAMBLE = 2_654_435_761
_SHARED_WITH = 7_919
_TABLES = {"account": 1, "quote": 2, "quotedetail": 3}
_DRAFT, _ACTIVE, _WON, _CLOSED = (0, 1), (1, 3), (2, 4), (3, 5)
"""State and reason."""


def key_of(table: str, index: int) -> UUID:
    """The key of the row at a position of the series."""
    return UUID(f"{_TABLES[table]:08d}-0000-7000-8000-{index:012x}")


def number_of(index: int) -> str:
    """The quote number at a position of the series."""
    return f"BIG-{index:08d}"


def name_of(index: int) -> str:
    """The name of the quote at a position of the series; names are not in order."""
    return f"Deal {index * _SCRAMBLE % 2**32:08x}"


def active_places(quotes: int) -> range:
    """The positions of the active quotes of a series."""
    return range(quotes * 95 // 100, quotes * 98 // 100)


def closed_places(quotes: int) -> range:
    """The positions of quotes of a series that were closed from the start."""
    return range(1, quotes * 95 // 100, 2)


class Seed:
    """The rows that are copied, and the number of quotes so far."""

    def __init__(self, session: Session, company: Company) -> None:
        self.session, self.postgresql = session, session.context.dialect.name == "postgresql"
        self.percent = "%%" if self.postgresql else "%"
        self.quotes = 0
        lines = [line(company, number) for number in range(LINES)]
        values = {
            "name": "Deal",
            "customerid": {"table": "account", "id": company.account},
            "pricelevelid": company.price_list,
            "quote_details": lines,
        }
        quote = session.execute(Create("quote", values)).id
        self.templates: dict[str, list[UUID]] = {
            "account": [company.account],
            "quote": [quote],
            "quotedetail": [row.pk for row in session.queryset("quotedetail").filter(quote_id=quote)],
        }
        people = (
            {"firstname": "Owner", "lastname": str(n), "domainname": f"{n}@owners.example"} for n in range(OWNERS)
        )
        made = session.execute_many([Create("systemuser", values) for values in people])
        self.owners: list[UUID] = [row.id for row in made]
        role = next(session.rows("role", "name eq 'Salesperson' and parentroleid eq null")).reference
        session.execute_many([Associate("systemuser", id, "systemuserroles_association", role) for id in self.owners])
        self.office = Office(session)
        self.units = [self.office.unit(f"Unit {number}") for number in range(UNITS)]

    def grow(self, quotes: int) -> None:
        """Make the series of the given length."""
        with self.session.entered():
            self._list_owners()
            self._close_all()
            for first in range(self.quotes, quotes, _CHUNK):
                end = min(first + _CHUNK, quotes)
                self._part(first, end, quotes)
                self._share(first, end)
            self.quotes = quotes
            if self.postgresql:
                for table in (*_TABLES, "principalobjectaccess"):
                    run(f'VACUUM (ANALYZE) "{table}"')
            else:
                run("PRAGMA wal_checkpoint(TRUNCATE)")

    def _list_owners(self) -> None:
        run("DROP TABLE IF EXISTS bench_owner")
        kind = "uuid" if self.postgresql else "text"
        run(f"CREATE TEMP TABLE bench_owner (place integer PRIMARY KEY, id {kind}, unit {kind})")
        for index, id in enumerate(self.owners):
            unit = self.units[index % UNITS]
            run(f"INSERT INTO bench_owner VALUES ({index}, {self._stored(id)}, {self._stored(unit)})")
        run(
            "UPDATE systemuser SET businessunitid = "
            "(SELECT unit FROM bench_owner WHERE id = systemuserid) WHERE systemuserid IN (SELECT id FROM bench_owner)"
        )

    def unit_user(self) -> UUID:
        """A user whose one role reaches the unit."""
        user = self.owners[1]
        role = self.office.new_role("Unit depth", self.units[1])
        with self.session.entered():
            run(f"DELETE FROM systemuserroles WHERE systemuserid = {self._stored(user)}")
        self.office.give(user, role)
        self.office.grant(at_unit_depth(), role)
        return user

    def _share(self, first: int, end: int) -> None:
        """Share each quote of a part with one more user."""
        rows = (
            shared("quote", key_of("quote", n), self.owners[n * _SHARED_WITH % OWNERS], ALL_RIGHTS)
            for n in range(first, end)
        )
        self.office.write("principalobjectaccess", rows)

    def _close_all(self) -> None:
        """Close the quotes that were open and are old now."""
        run(
            f"UPDATE quote SET statecode = {_CLOSED[0]}, statuscode = {_CLOSED[1]} WHERE statecode IN "
            f"({_DRAFT[0]}, {_ACTIVE[0]}) AND quoteid < {self._stored(key_of('quote', self.quotes))}"
        )

    def _part(self, first: int, end: int, quotes: int) -> None:
        accounts = (-(-first // PER_CUSTOMER), -(-end // PER_CUSTOMER))
        self._copy("account", 0, accounts, {"accountid": self._key("account", "n"), **self._named("Customer", "n")})
        created = {name: self._moment() for name in ("createdon", "modifiedon")}
        customer = self._key("account", f"n / {PER_CUSTOMER}")
        owner = f"(SELECT id FROM bench_owner WHERE place = n {self.percent} {OWNERS})"
        state, reason = (self._state(quotes, part) for part in (0, 1))
        number = self._digits("BIG-", "n")
        quote = {
            "quoteid": self._key("quote", "n"),
            "quotenumber": number,
            "hs_fold_quotenumber": f"lower({number})",
            **self._named("Deal", f"n * {_SCRAMBLE} {self.percent} 4294967296"),
            **created,
            **dict.fromkeys(("customerid", "accountid"), customer),
            **dict.fromkeys(("ownerid", "owninguser"), owner),
            "owningbusinessunit": owner.replace("SELECT id", "SELECT unit"),
            "statecode": state,
            "statuscode": reason,
        }
        self._copy("quote", 0, (first, end), quote)
        for index in range(LINES):
            keys = {"quotedetailid": self._key("quotedetail", f"n * {LINES} + {index}"), "quoteid": quote["quoteid"]}
            self._copy("quotedetail", index, (first, end), {**keys, **created})

    def _copy(self, table: str, template: int, places: tuple[int, int], given: Mapping[str, str]) -> None:
        """Copy a template to each position `n`; `given` is SQL for the columns that differ."""
        present = {name.strip('"') for name in columns_of(self.session, table, ()).split(", ")}
        values = {**{name: f't."{name}"' for name in present}, **{k: v for k, v in given.items() if k in present}}
        first, end = places
        series = (
            f"generate_series({first}::bigint, {end - 1}) AS s (n)"
            if self.postgresql
            else f"(WITH RECURSIVE s (n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {end - 1}) "
            "SELECT n FROM s)"
        )
        if first < end:
            run(
                f'INSERT INTO "{table}" ({", ".join(values)}) SELECT {", ".join(values.values())} FROM "{table}" AS t '
                f'CROSS JOIN {series} WHERE t."{table}id" = {self._stored(self.templates[table][template])}'
            )

    def _named(self, word: str, number: str) -> dict[str, str]:
        hexed = f"lpad(to_hex({number}), 8, '0')" if self.postgresql else f"printf('%08x', {number})"
        return {"name": f"'{word} ' || {hexed}", "hs_fold_name": f"'{word.lower()} ' || {hexed}"}

    def _digits(self, word: str, number: str) -> str:
        padded = f"lpad(({number})::text, 8, '0')" if self.postgresql else f"printf('%08d', {number})"
        return f"'{word}' || {padded}"

    def _key(self, table: str, number: str) -> str:
        if self.postgresql:
            return f"('{_TABLES[table]:08d}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"
        return f"'{_TABLES[table]:08d}000070008000' || printf('%012x', {number})"

    def _moment(self) -> str:
        if self.postgresql:
            return "timestamptz '2015-01-01 00:00:00Z' + n * interval '5 minutes'"
        return "datetime('2015-01-01', '+' || (n * 5) || ' minutes')"

    def _state(self, quotes: int, part: int) -> str:
        active = active_places(quotes)
        return (
            f"CASE WHEN n >= {active.stop} THEN {_DRAFT[part]} WHEN n >= {active.start} THEN {_ACTIVE[part]} "
            f"WHEN n {self.percent} 2 = 0 THEN {_WON[part]} ELSE {_CLOSED[part]} END"
        )

    def _stored(self, id: UUID) -> str:
        return f"'{id if connection().vendor == 'postgresql' else id.hex}'"
