"""The bad requests, by the part of the request that is bad."""

from collections.abc import Mapping, Sequence

from tests.contract.areas import (
    batches,
    bodies,
    definitions,
    fetchxml,
    filters,
    headers,
    links,
    operations,
    options,
    paths,
    rules,
    selects,
)
from tests.contract.cases import Case

AREAS: Mapping[str, Sequence[Case]] = {
    "batches": batches.CASES,
    "bodies": bodies.CASES,
    "definitions": definitions.CASES,
    "fetchxml": fetchxml.CASES,
    "filters": filters.CASES,
    "headers": headers.CASES,
    "links": links.CASES,
    "operations": operations.CASES,
    "options": options.CASES,
    "paths": paths.CASES,
    "rules": rules.CASES,
    "selects": selects.CASES,
}
