"""`handsel maps`: which columns a conversion copies, and mappings added by administrators."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from handsel.database.row import Row
    from handsel.engine.conversion import AddedMap, ColumnMap
    from handsel.site.session import Session

HELP = """Show which columns travel from one document to the next, add a mapping, or switch one off.

Own columns that both tables have travel by themselves.

  handsel maps                                            every map, in short
  handsel maps quote.salesorder                           one map, every column
  handsel maps --add quote.salesorder new_project new_code
  handsel maps --remove quote.salesorder new_code         undo an added mapping, by its target
  handsel maps --switch-off quote.salesorder new_project  an own column stays where it is
  handsel maps --second quote.salesorder refuse           what a second order of one quote is: allow, warn, refuse"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "map", nargs="?", metavar="SOURCE.TARGET", help="show this map in full, for example quote.salesorder"
    )
    parser.add_argument(
        "--add",
        nargs=3,
        metavar=("SOURCE.TARGET", "source_column", "target_column"),
        help="also copy source_column into target_column; custom columns and further ones",
    )
    parser.add_argument(
        "--remove", nargs=2, metavar=("SOURCE.TARGET", "target_column"), help="copy no longer what --add copied"
    )
    parser.add_argument(
        "--second",
        nargs=2,
        metavar=("SOURCE.TARGET", "POLICY"),
        help="when a document is converted again: allow, warn or refuse; default leaves it to the organization",
    )

    for name, what in (("off", "empty this column of the target, also an own one"), ("on", "copy into it again")):
        parser.add_argument(f"--switch-{name}", nargs=2, metavar=("SOURCE.TARGET", "target_column"), help=what)


def run(options: argparse.Namespace) -> int:
    """Show, add, switch or set."""
    from handsel.site.cli.opening import opened

    changes = (options.add, options.remove, options.switch_off, options.switch_on, options.second)
    with opened(options, writes=any(changes)) as session:
        if options.add:
            return _add(session, *options.add)
        if options.remove:
            return _remove(session, *options.remove)
        if options.switch_off:
            return _switch_off(session, *options.switch_off)
        if options.switch_on:
            return _switch_on(session, *options.switch_on)
        if options.second:
            return _set_second(session, *options.second)
        if options.map is None:
            _print_overview(_added_in(session))
        else:
            _print_map(options.map, _added_in(session))
            _print_second(session, options.map)
    return 0


def _added_in(session: Session) -> Callable[[ColumnMap], AddedMap]:
    """A function that gives what the organization adds to a map."""
    from handsel.engine.added_maps import added_map
    from handsel.engine.organization import read_settings

    with session.entered():
        organization = read_settings(session.context)

    def added(column_map: ColumnMap) -> AddedMap:
        with session.entered():
            return added_map(session.context, organization, column_map.source, column_map.target)

    return added


def _pair(row: Row, what: str) -> tuple[str, str]:
    return row.value(f"source{what}", str), row.value(f"target{what}", str)


def _add(session: Session, between: str, source_column: str, target_column: str) -> int:
    from handsel.engine.crud.messages import Create, Update
    from handsel.engine.organization import read_settings

    column_map = _found(between)
    with session.entered():
        organization = read_settings(session.context)
    _require_column(organization.table(column_map.source), source_column)
    _require_column(organization.table(column_map.target), target_column)
    values = {"sourceattributename": source_column.lower(), "targetattributename": target_column.lower()}
    row = _mapping(session, column_map, target_column)
    if row is not None and row.get("hs_isswitchedoff"):
        session.execute(Update("attributemap", row.id, {**values, "hs_isswitchedoff": False}))
    else:
        session.execute(Create("attributemap", {"entitymapid": _entity_map(session, column_map), **values}))
    print(f"From now on {column_map.source}.{source_column} becomes {column_map.target}.{target_column}.")
    return 0


def _entity_map(session: Session, column_map: ColumnMap) -> UUID:
    """The row of two tables that mappings belong to; it is made if there is none."""
    from handsel.engine.crud.messages import Create

    names = {"sourceentityname": column_map.source, "targetentityname": column_map.target}
    found = session.rows("entitymap", " and ".join(f"{name} eq '{value}'" for name, value in names.items()))
    present = next(iter(found), None)
    row = session.execute(Create("entitymap", names)) if present is None else present
    id: UUID = row.id
    return id


def _mapping(session: Session, column_map: ColumnMap, target_column: str) -> Row | None:
    """The row that decides a column of the target, if there is one."""
    from handsel.query.tree.printing import literal

    entity_map = _entity_map(session, column_map)
    asked = f"_entitymapid_value eq {entity_map} and targetattributename eq {literal(target_column.lower())}"
    return next(iter(session.rows("attributemap", asked)), None)


def _remove(session: Session, between: str, target_column: str) -> int:
    from handsel.engine.crud.messages import Delete
    from handsel.errors import InvalidArgument

    column_map = _found(between)
    row = _mapping(session, column_map, target_column)
    if row is None or row["issystem"]:
        kind = "no mapping" if row is None else "a mapping of Handsel itself"
        raise InvalidArgument(
            f"{column_map.source}.{column_map.target} has {kind} into {target_column.lower()}. "
            "Only added mappings can be removed; `handsel maps SOURCE.TARGET` shows them."
        )
    session.execute(Delete("attributemap", row.id))
    print(f"From now on {column_map.target}.{target_column.lower()} is not filled by that mapping.")
    return 0


def _switch_off(session: Session, between: str, column: str) -> int:
    from handsel.engine.crud.messages import Create, Update
    from handsel.engine.organization import read_settings

    column_map = _found(between)
    with session.entered():
        organization = read_settings(session.context)
    for table in (column_map.source, column_map.target):
        _require_column(organization.table(table), column)
    row = _mapping(session, column_map, column)
    if row is None:
        names = {"sourceattributename": column.lower(), "targetattributename": column.lower()}
        parent = {"entitymapid": _entity_map(session, column_map)}
        session.execute(Create("attributemap", {**parent, **names, "hs_isswitchedoff": True}))
    else:
        session.execute(Update("attributemap", row.id, {"hs_isswitchedoff": True}))
    print(f"From now on nothing is copied from {column_map.source} to {column_map.target}.{column}.")
    return 0


def _switch_on(session: Session, between: str, column: str) -> int:
    from handsel.engine.crud.messages import Delete, Update
    from handsel.errors import InvalidArgument

    column_map = _found(between)
    row = _mapping(session, column_map, column)
    if row is None or not row.get("hs_isswitchedoff"):
        raise InvalidArgument(f"{column_map.source}.{column_map.target} {column} is not switched off.")
    if row["sourceattributename"] == row["targetattributename"]:
        session.execute(Delete("attributemap", row.id))  # an own column travels by itself
    else:
        session.execute(Update("attributemap", row.id, {"hs_isswitchedoff": False}))
    print(f"From now on {column_map.target}.{column} is copied from {column_map.source} again.")
    return 0


def _set_second(session: Session, between: str, policy: str) -> int:
    from handsel.chain.document.routes import conversion_routes
    from handsel.chain.system.options import Policy
    from handsel.engine.crud.messages import Update
    from handsel.errors import InvalidArgument

    named = {each.name.lower(): int(each) for each in Policy}
    if policy not in (*named, "default"):
        raise InvalidArgument(f"'{policy}' is no policy. Take {', '.join(named)} or default.")
    column_map = _found(between)
    if (column_map.source, column_map.target) not in conversion_routes():
        raise InvalidArgument(f"No message makes a {column_map.target} from a {column_map.source}.")
    session.execute(Update("entitymap", _entity_map(session, column_map), {"hs_secondconversion": named.get(policy)}))
    meaning = "left to the organization (hs_secondconversion)" if policy == "default" else policy
    print(f"Converting {column_map.source} to {column_map.target} again: {meaning}.")
    return 0


def _print_second(session: Session, between: str) -> None:
    """What converting again does, where a message makes the one document from the other."""
    from handsel.chain.document.policy import policy_of
    from handsel.chain.document.routes import conversion_routes
    from handsel.chain.system.options import Policy
    from handsel.engine.organization import read_settings
    from handsel.engine.work import Work

    column_map = _found(between)
    names = {"source_entity_name": column_map.source, "target_entity_name": column_map.target}
    if (column_map.source, column_map.target) not in conversion_routes():
        return
    own = session.queryset("entitymap").filter(**names).values_list("hs_second_conversion", flat=True).first()
    if own is not None:
        policy, decided = Policy(own), f"for {column_map.source}.{column_map.target}"
    else:
        with session.entered():
            work = Work(session.context, read_settings(session.context), collect=False)
        policy, decided = policy_of(work, "hs_secondconversion", Policy.ALLOW), "by the organization"
    print(f"Converting again: {policy.name.lower()}, decided {decided} (hs_secondconversion). --second changes it.")


def _require_column(info: Any, name: str) -> None:
    from handsel.errors import UnknownColumn

    if name.lower() not in info.columns:
        raise UnknownColumn(f"{info.label} ({info.logical_name}) has no column '{name}'.", column=name)


def _found(between: str) -> ColumnMap:
    from handsel.engine.conversion import all_maps
    from handsel.engine.values import table_named
    from handsel.errors import InvalidArgument

    source, dot, target = between.partition(".")
    known = {(column_map.source, column_map.target): column_map for column_map in all_maps()}
    if dot:
        found = known.get((table_named(source).logical_name, table_named(target).logical_name))
        if found is not None:
            return found
    listed = ", ".join(sorted(f"{source}.{target}" for source, target in known))
    raise InvalidArgument(f"There is no map '{between}'. The maps are {listed}.")


def _print_overview(added_to: Callable[[ColumnMap], AddedMap]) -> None:
    from handsel.engine.conversion import all_maps
    from handsel.site.cli.display import columns, console

    numbers = ("same", "renamed", "fixed", "computed", "blank", "added", "automatic")
    shown = columns("Map", *numbers, right=numbers)
    for column_map in {(entry.source, entry.target): entry for entry in all_maps()}.values():
        added = added_to(column_map)
        shown.add_row(
            f"{column_map.source}.{column_map.target}",
            *(str(len(part)) for part in (*_parts(column_map), added.pairs, added.automatic)),
        )
    console().print(shown)
    print("handsel maps SOURCE.TARGET shows every column of one.")


def _parts(column_map: ColumnMap) -> Iterable[Any]:
    return column_map.same, column_map.renamed, column_map.fixed, column_map.computed, column_map.left_blank


def _print_map(between: str, added_to: Callable[[ColumnMap], AddedMap]) -> None:
    from handsel.site.cli.display import columns, console

    column_map = _found(between)
    added = added_to(column_map)
    shown = columns("Target column", "How", "From", title=f"{column_map.source} → {column_map.target}")
    for name in column_map.same:
        shown.add_row(name, "same", name)
    for target, source in column_map.renamed.items():
        shown.add_row(target, "renamed", source)
    for target, value in column_map.fixed.items():
        shown.add_row(target, "fixed", str(value.value if hasattr(value, "value") else value))
    for name in sorted(column_map.computed):
        shown.add_row(name, "computed", "")
    for name in sorted(column_map.left_blank):
        shown.add_row(name, "left blank", "")
    for source, target in added.pairs:
        shown.add_row(target, "added", source)
    for name in added.automatic:
        shown.add_row(name, "automatic", name)
    for name in sorted(added.switched_off):
        shown.add_row(name, "switched off", "")
    for name, reason in added.unfit.items():
        shown.add_row(name, "does not fit", reason)
    console().print(shown)
