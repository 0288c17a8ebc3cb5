"""Which documents convert to which: the conversions done by a single message, with a link back to the source."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handsel.chain.document.kinds import document_kinds
from handsel.engine.conversion import conversions


@dataclass(frozen=True, slots=True)
class ConversionRoute:
    """A conversion by `message`; the target's `link` is the lookup to the source, `number` its number column."""

    source: str
    target: str
    message: str
    link: str
    number: str


@functools.cache
def conversion_routes() -> Mapping[tuple[str, str], ConversionRoute]:
    """Every route by source and target table, upstream first."""
    kinds = document_kinds()
    order = list(kinds)
    routes = []
    for each in conversions().values():
        source, target = each.header.source, each.header.target
        if each.message and source in kinds and target in kinds:
            routes.append(ConversionRoute(source, target, each.message, each.link, kinds[target].number))
    routes.sort(key=lambda route: (order.index(route.source), order.index(route.target)))
    return MappingProxyType({(route.source, route.target): route for route in routes})
