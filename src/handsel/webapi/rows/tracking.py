"""Change tracking: a first read with a delta link at its end, then the changes since, link after link (Web API 5).

A row may be sent twice, never missed: the version that the next round starts from is taken before the first page of a
round is read (`database.versions`), so a change while the pages are read comes with the next round.

Who sees a part of a table is told what comes into sight and what leaves it. Once the rights themselves have changed, or
the shares, there is no telling any more what was seen: the link has expired, and the reader starts again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from handsel.database.versions import settled_version
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.sight import digest, sights
from handsel.http.errors import syntax
from handsel.http.response import Response
from handsel.json_value import JsonObject
from handsel.query.run.changes import changed_since, count_deleted_since, deleted_since
from handsel.query.run.departures import Departure, departures, is_told_since, made_since
from handsel.query.run.pages import COUNT_LIMIT, Page, run
from handsel.query.tree.request import ALL, MAX_PAGE, Request
from handsel.tables.info import TableInfo
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.paging import link
from handsel.webapi.rows.delta_token import DeltaToken, encoded, out_of_sight, read_token
from handsel.webapi.rows.entities import entities, shape_of
from handsel.webapi.rows.query_options import collection_annotations, context_of, request_of
from handsel.webapi.rows.resources import Collection

_REFUSED = ("$filter", "$orderby", "$expand", "$top", "$apply")
_ASKED = frozenset(("$select", "$count", "$skiptoken"))
_PREFERENCE = "odata.track-changes"


def is_tracked(call: Call) -> bool:
    """Whether a read of a collection asks for changes, or for a delta link to do so later."""
    return "$deltatoken" in call.options or call.prefer.track_changes


def tracked(call: Call, resource: Collection, headers: Mapping[str, str]) -> Response:
    """A page of all rows, or of those changed and deleted since. The last page carries the delta link.

    Raises BadRequest for options that narrow or sort the rows and for tokens that do not fit or have expired,
    PrivilegeDenied for a user who may not read the table at all.
    """
    info = resource.info
    if info.is_view:
        raise syntax(info.only_shows("Track those:"))
    token = _begun(call, resource)
    request = _request(call, info, token)
    shape = shape_of(info, call.options.get("$select", ""))
    delta = "/$delta" if token.since is not None else ""
    body: JsonObject = {
        "@odata.context": f"{call.root}$metadata#{info.entity_set}{context_of(call, info, shape.listed, ())}{delta}"
    }
    if request.count:
        body["@odata.count"] = _counted(call, info, request, token)
    page = Page() if token.deleted else run(replace(request, count=False))
    body.update(collection_annotations(call, page))
    body["value"] = listed = entities(call, shape, page.rows)
    if page.token is not None:
        body["@odata.nextLink"] = link(call, {"$deltatoken": encoded(token), "$skiptoken": page.token})
    else:
        size = min(request.page_size or MAX_PAGE, MAX_PAGE)
        _end(call, info, token, body, listed, size - len(page.rows))
    return json_response(body, headers=_applied(call, headers))


def count_changes(call: Call, resource: Collection) -> int:
    """The number of rows changed and deleted since, at most COUNT_LIMIT."""
    token = _begun(call, resource)
    return _counted(call, resource.info, _request(call, resource.info, token), token)


def _begun(call: Call, resource: Collection) -> DeltaToken:
    """The token of the requested page; on the first one of a round, with the version at which the next round starts."""
    _refuse_narrowed(call, resource)
    info = resource.info
    text = call.options.get("$deltatoken")
    if text is None:
        if "$skiptoken" in call.options:
            raise syntax("This page belongs to a read without change tracking. Ask for the first page again.")
        organization = call.organization.settings.id
        return DeltaToken(1, organization, info.logical_name, until=settled_version(), sight=_sight(call, info))
    token = read_token(call, info, text)
    if token.until is not None:
        return token
    if token.since is None:
        raise syntax("The $deltatoken says nothing about where to start.")
    until = max(token.since, settled_version())
    if token.sight != _sight(call, info, token.since) or (token.sight and not is_told_since(token.since)):
        raise out_of_sight(info)
    return msgspec.structs.replace(token, until=until, sight=_sight(call, info))


def _sight(call: Call, info: TableInfo, since: int | None = None) -> str | None:
    """The digest of what the reader's view rests on; without the rows above that were made after a version."""
    actor, table = call.context.actor, info.logical_name
    if not access.predicate(actor, table).narrows:
        return None
    seen = sights(actor, table)
    rows_above = (name for each in seen for sight in each for name in sight.above)
    return digest(seen, frozenset() if since is None else made_since(rows_above, since))


def _refuse_narrowed(call: Call, resource: Collection) -> None:
    for name in _REFUSED:
        if call.options.get(name, "").strip():
            raise syntax(
                f'The "{name}" query parameter isn\'t supported when Change Tracking is enabled. Read every change and '
                "choose among them."
            )
    if resource.restriction is not None:
        raise syntax(f"Changes are tracked of whole tables. Read {resource.info.entity_set} itself.")
    actor, table = call.context.actor, resource.info.logical_name
    access.require(actor, Privilege.READ, table)


def _request(call: Call, info: TableInfo, token: DeltaToken) -> Request:
    """The changed rows of a round."""
    request = request_of(call, info, only=_ASKED)
    if token.since is None:
        return request
    outputs = request.outputs
    columns = [ALL] if outputs is None else [output.path.column for output in outputs]
    wanted = changed_since(info, token.since, info.columns if ALL in columns else columns, narrowed=bool(token.sight))
    return replace(request, filter=wanted)


def _counted(call: Call, info: TableInfo, request: Request, token: DeltaToken) -> int:
    rows = run(replace(request, outputs=(), page_size=1, token=None, count=True)).count or 0
    if token.since is None:
        gone = 0
    elif token.sight is None:
        gone = count_deleted_since(info, token.since)
    else:
        gone = len(_departures(call, info, token.since))
    return min(rows + gone, COUNT_LIMIT)


def _departures(call: Call, info: TableInfo, since: int) -> list[Departure]:
    return departures(info.logical_name, since, sights(call.context.actor, info.logical_name))


def _removed(call: Call, info: TableInfo, token: DeltaToken, since: int, limit: int) -> list[Departure]:
    """The next rows that are not there for the reader any more."""
    if token.sight is None:
        return [Departure(id, True) for id in deleted_since(info, since, after=token.after, limit=limit)]
    found = _departures(call, info, since)
    return [each for each in found if token.after is None or each.id > token.after][:limit]


def _end(call: Call, info: TableInfo, token: DeltaToken, body: JsonObject, listed: list[JsonObject], room: int) -> None:
    """Add the deleted rows after the changed ones, as far as the page has room, and the link to the next page."""
    if token.since is not None:
        found = _removed(call, info, token, token.since, room + 1)
        sent = found[:room]
        context = f"{call.root}$metadata#{info.entity_set}/$deletedEntity"
        listed += [
            {"@odata.context": context, "id": each.id, "reason": "deleted" if each.is_deleted else "changed"}
            for each in sent
        ]
        if len(found) > room:
            token = msgspec.structs.replace(token, deleted=True, after=sent[-1].id if sent else token.after)
            body["@odata.nextLink"] = link(call, {"$deltatoken": encoded(token)})
            return
    onward = DeltaToken(1, token.organization, token.table, since=token.until, sight=token.sight)
    body["@odata.deltaLink"] = link(call, {"$deltatoken": encoded(onward)})


def _applied(call: Call, headers: Mapping[str, str]) -> dict[str, str]:
    if not call.prefer.track_changes:
        return dict(headers)
    listed = headers.get("Preference-Applied")
    return {**headers, "Preference-Applied": f"{listed}, {_PREFERENCE}" if listed else _PREFERENCE}
