"""`?sql=` text to a request (Web API 7): one SELECT with joins, conditions, groups and paging. No other SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handsel.errors import BadRequest, Code
from handsel.query.sql.conditions import CLAUSES, UNSUPPORTED, SqlParser
from handsel.query.tree.nodes import ColumnPath, Order
from handsel.query.tree.request import Aggregate, Function, Group, Link, Output, Request

MAX_SIZE = 1_000_000
MAX_COLUMNS = 1_000
_FUNCTIONS = {
    "count": Function.COUNT_COLUMN,
    "sum": Function.SUM,
    "avg": Function.AVERAGE,
    "min": Function.MIN,
    "max": Function.MAX,
}


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of the select list: a column, or a function of one."""

    path: ColumnPath | None
    name: str
    function: Function | None = None


def parse_sql(text: str) -> Request:
    """The request that a SELECT stands for. Raises BadRequest (0x80060888), which names the offending word."""
    if len(text) > MAX_SIZE:
        raise BadRequest(f"SQL can have at most {MAX_SIZE:,} characters.", Code.QUERY_SYNTAX)
    return _Select(text).request()


class _Select(SqlParser):
    """The grammar around conditions."""

    def request(self) -> Request:
        """The whole statement."""
        self.keyword("select")
        distinct = self.took("distinct")
        top = self._top() if self.took("top") else None
        items = self.listed(self._item)
        self.keyword("from")
        table, _alias = self._table()
        links = self._joins()
        where = self.condition() if self.took("where") else None
        grouped = self._grouped() if self.took("group") else []
        order = tuple(self._order(items)) if self.took("order") else ()
        offset, limit = self._offset() if self.took("offset") else (0, None)
        self.skip_end()
        if limit is not None and top is not None:
            raise self.refused("TOP and OFFSET do not go together")
        request = Request(table, links=tuple(links), filter=where, order=order, top=top if limit is None else limit)
        request = replace(request, offset=offset, implied=True)
        return self._with_columns(request, items, grouped, distinct)

    def _top(self) -> int:
        bracket = self.took("(")
        number = self.whole()
        if bracket:
            self.mark(")")
        return number

    def _item(self) -> _Item:
        if self.at("*"):
            raise self.refused("SELECT * is not supported; name the columns")
        if self.word.kind == "name" and self.word.text in _FUNCTIONS and self.next_is("("):
            return self._function()
        path = self.column()
        return _Item(path, self._alias() or path.column)

    def _function(self) -> _Item:
        name = self.take().text
        self.mark("(")
        function, path = _FUNCTIONS[name], None
        if name == "count" and self.took("*"):
            function = Function.COUNT
        else:
            if self.took("distinct"):
                if name != "count":
                    raise self.refused("DISTINCT stands only in COUNT")
                function = Function.COUNT_DISTINCT
            path = self.column()
        self.mark(")")
        alias = self._alias()
        return _Item(path, alias or name, function)

    def _alias(self) -> str | None:
        if self.took("as"):
            return self.name("an alias")
        if self.word.kind == "quoted" or (self.word.kind == "name" and self.word.text not in (*CLAUSES, *UNSUPPORTED)):
            return self.name("an alias")
        return None

    def _table(self) -> tuple[str, str]:
        table = self.name("a table")
        if self.took("."):  # dbo.account
            table = self.name("a table")
        return table, self._alias() or table

    def _joins(self) -> list[Link]:
        links: list[Link] = []
        while self.at("inner", "left", "join"):
            outer = self.took("left")
            if outer:
                self.took("outer")
            else:
                self.took("inner")
            self.keyword("join")
            table, alias = self._table()
            self.keyword("on")
            bracket = self.took("(")
            left = self.column()
            self.mark("=")
            right = self.column()
            if bracket:
                self.mark(")")
            if left.source != alias:
                left, right = right, left
            if left.source != alias or right.source == alias:
                raise self.refused(f"ON ties {alias} to a table before it by one pair of columns, as in a.x = b.y")
            links.append(Link(table, left.column, right, alias, outer))
        return links

    def _grouped(self) -> list[ColumnPath]:
        self.keyword("by")
        return self.listed(self.column)

    def _order(self, items: list[_Item]) -> list[Order]:
        self.keyword("by")
        named = {item.name: item for item in items}

        def key() -> Order:
            path = self.column()
            item = named.get(path.column) if not path.source else None
            descending = self.took("desc")
            if not descending:
                self.took("asc")
            if item is not None and item.function is None and item.path is not None:
                path = item.path
            return Order(path, descending)

        return self.listed(key)

    def _offset(self) -> tuple[int, int | None]:
        offset = self.whole()
        self.keyword("rows", "row")
        if not self.took("fetch"):
            return offset, None
        self.keyword("next", "first")
        limit = self.whole()
        self.keyword("rows", "row")
        self.keyword("only")
        return offset, limit

    def _with_columns(self, request: Request, items: list[_Item], grouped: list[ColumnPath], distinct: bool) -> Request:
        plain = [item for item in items if item.function is None]
        if len({item.name for item in items}) < len(items):
            raise self.refused("two columns of the answer have the same name; give them aliases with AS")
        if not grouped and len(plain) == len(items):
            outputs = tuple(Output(item.path, item.name) for item in items if item.path is not None)
            return replace(request, outputs=outputs, distinct=distinct)
        loose = [item.name for item in plain if item.path not in grouped]
        if loose:
            raise self.refused(f"{', '.join(loose)} stands neither in GROUP BY nor in a function")
        names = {item.path: item.name for item in plain}
        groups = tuple(Group(path, names.get(path, f"{path}")) for path in grouped)
        functions = tuple(Aggregate(item.function, item.path, item.name) for item in items if item.function)
        return replace(request, groups=groups, aggregates=functions)
