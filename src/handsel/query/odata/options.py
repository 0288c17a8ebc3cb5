"""The query options of OData to a request: `$select $filter $orderby $top $count $expand $apply $skiptoken`."""

from __future__ import annotations

from collections.abc import Mapping

from handsel.errors import BadRequest, Code
from handsel.query.odata.apply import parse_apply
from handsel.query.odata.expand import parse_expand, parse_select, parse_top
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.orderby import parse_order
from handsel.query.tree.nodes import all_of
from handsel.query.tree.request import Request, outputs_of

KNOWN = frozenset(("$select", "$filter", "$orderby", "$top", "$count", "$expand", "$apply", "$skiptoken"))


def parse_options(table: str, options: Mapping[str, str], *, page_size: int | None = None) -> Request:
    """The request for `table` (logical name) that decoded query options stand for.

    Parameter aliases (`@p1`) are among the options. Raises BadRequest (0x80060888) for unknown options and texts.
    """
    for name in options:
        if name.startswith("$") and name not in KNOWN:
            raise BadRequest(
                f"There is no query option {name}. Known are {', '.join(sorted(KNOWN))}.", Code.QUERY_SYNTAX
            )
    parameters = {name: text for name, text in options.items() if name.startswith("@")}
    given = {name: text for name, text in options.items() if text.strip()}
    filters = [parse_filter(given["$filter"], parameters)] if "$filter" in given else []
    applied = parse_apply(given["$apply"], parameters) if "$apply" in given else None
    if applied is not None:
        if "$select" in given or "$expand" in given:
            raise BadRequest("$apply goes with neither $select nor $expand.", Code.QUERY_SYNTAX)
        filters.extend(applied.filters)
    select = parse_select(given["$select"]) if "$select" in given else None
    return Request(
        table,
        outputs_of(select),
        filter=all_of(filters) if filters else None,
        order=parse_order(given["$orderby"], parameters) if "$orderby" in given else (),
        top=parse_top(given["$top"]) if "$top" in given else None,
        page_size=page_size,
        token=given.get("$skiptoken"),
        count=parse_count(given.get("$count", "false")),
        expands=parse_expand(given["$expand"], parameters) if "$expand" in given else (),
        groups=applied.groups if applied else (),
        aggregates=applied.aggregates if applied else (),
    )


def parse_count(text: str) -> bool:
    """The truth in a `$count`. Raises BadRequest (0x80060888)."""
    if text.strip() not in ("true", "false"):
        raise BadRequest(f"$count is true or false, not '{text[:40]}'.", Code.QUERY_SYNTAX)
    return text.strip() == "true"
