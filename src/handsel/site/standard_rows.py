"""The rows that every database has: column maps, privileges and roles, system views, labels of
choices.

They follow from the declarations. A new database gets all of them, an upgraded one those that it lacks; existing rows
are not changed.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from handsel.chain.rights.default_teams import default_team_row
from handsel.chain.rights.role_copies import copy_row
from handsel.chain.rights.standard_profiles import fixed_profile_rows, new_database_rows
from handsel.chain.rights.standard_rows import privilege_rows, standard_privileges, standard_role_rows
from handsel.chain.rights.unit_tree import UnitTree
from handsel.chain.system.connect_rows import connect_rows
from handsel.database.context import current
from handsel.database.row import Row
from handsel.database.statements import key_value, mark, run
from handsel.engine.conversion import all_maps
from handsel.engine.customization.string_map import rewrite_labels
from handsel.engine.rights.privilege_ids import privilege_id
from handsel.engine.rights.privileges import Depth
from handsel.tables.info import table_info
from handsel.tables.keys import new_key


def add_standard_rows(unit: UUID) -> None:
    """Add the standard rows that are missing. `unit` is the root business unit."""
    _add_maps()
    [[organization]] = run("SELECT organizationid FROM organization")
    rewrite_labels(_uuid(organization))
    for table, group in itertools.groupby(connect_rows(), key=lambda row: row[0]):
        _add_missing(table, [values for _, values in group])
    _add_missing("privilege", privilege_rows())
    _add_missing("role", standard_role_rows(unit))
    _add_copies()
    _add_default_teams()
    _update_shipped_privileges()
    _add_missing("fieldsecurityprofile", fixed_profile_rows())


def add_rows_of_a_new_database() -> None:
    """Add what a new database starts with, and its administrators may change: secured columns and a profile."""
    for table, values in new_database_rows():
        insert_rows(table, [values])


def _add_missing(table: str, rows: Iterable[Mapping[str, object]]) -> None:
    key = table_info(table).primary_key
    present = {_uuid(id) for (id,) in run(f"SELECT {key} FROM {table}")}
    insert_rows(table, [dict(values) for values in rows if values[key] not in present])


_ROLE = ("roleid", "name", "businessunitid", "roletemplateid", "isinherited", "ismanaged")


def _add_copies() -> None:
    """Add the copies of original roles that units below theirs lack."""
    parents = {
        _uuid(id): None if parent is None else _uuid(parent)
        for id, parent in run("SELECT businessunitid, parentbusinessunitid FROM businessunit")
    }
    tree = UnitTree(parents)
    for values in run(f"SELECT {', '.join(_ROLE)} FROM role WHERE parentrootroleid = roleid"):
        original = dict(zip(_ROLE, values, strict=True))
        for name in ("roleid", "businessunitid", "roletemplateid"):
            original[name] = None if original[name] is None else _uuid(original[name])
        original["ismanaged"] = bool(original["ismanaged"])
        _add_missing(
            "role", [copy_row(original, unit, _parent(tree, unit)) for unit in tree.below(original["businessunitid"])]
        )


def _parent(tree: UnitTree, unit: UUID) -> UUID:
    parent = tree.parents[unit]
    assert parent is not None, "a unit below another one"
    return parent


def _add_default_teams() -> None:
    """Add the teams of whole units that are missing, and the users of a unit who are not in its team."""
    units = run(
        "SELECT b.businessunitid, b.name FROM businessunit AS b WHERE NOT EXISTS "
        "(SELECT 1 FROM team AS t WHERE t.businessunitid = b.businessunitid AND t.isdefault)"
    )
    insert_rows("team", [default_team_row(_uuid(id), name) for id, name in units])
    lacking = run(
        "SELECT t.teamid, u.systemuserid FROM systemuser AS u "
        "JOIN team AS t ON t.businessunitid = u.businessunitid AND t.isdefault "
        "LEFT JOIN teammembership AS m ON m.teamid = t.teamid AND m.systemuserid = u.systemuserid "
        "WHERE m.teamid IS NULL"
    )
    insert_rows("teammembership", [{"teamid": _uuid(team), "systemuserid": _uuid(user)} for team, user in lacking])


def _update_shipped_privileges() -> None:
    """Bring what shipped roles grant up to date. What an administrator changed stays as it is."""
    ids = {_uuid(id): name for id, name in run("SELECT privilegeid, name FROM privilege")}
    present: dict[UUID, dict[str, Depth]] = defaultdict(dict)
    for role, privilege, mask in run("SELECT roleid, privilegeid, privilegedepthmask FROM roleprivileges"):
        present[_uuid(role)][ids[_uuid(privilege)]] = Depth.of_mask(mask)
    shipped = {
        _uuid(id): {name: Depth(value) for name, value in json.loads(text).items()} if text else {}
        for id, text in run("SELECT roleid, hs_shippedprivileges FROM role WHERE roleid = parentrootroleid")
    }
    for role, wanted in standard_privileges().items():
        before, now = shipped.get(role, {}), present[role]
        if before == wanted:
            continue
        changed = [name for name in {**before, **wanted} if before.get(name) != wanted.get(name)]
        followed = [name for name in changed if now.get(name) == before.get(name)]
        for name in followed:
            if name in now:
                run(
                    f"DELETE FROM roleprivileges WHERE roleid = {mark()} AND privilegeid = {mark()}",
                    (key_value(role), key_value(privilege_id(name))),
                )
        insert_rows(
            "roleprivileges",
            [
                {"roleid": role, "privilegeid": privilege_id(name), "privilegedepthmask": wanted[name].mask}
                for name in followed
                if name in wanted
            ],
        )
        run(
            f"UPDATE role SET hs_shippedprivileges = {mark()} WHERE roleid = {mark()}",
            (json.dumps({name: int(depth) for name, depth in wanted.items()}), key_value(role)),
        )


def _add_maps() -> None:
    """Add the shipped column maps as rows, so that they can be read like any other data (behaviour 7).

    A column that an organization has mapped itself keeps that mapping.
    """
    maps = {
        (source, target): _uuid(id)
        for id, source, target in run("SELECT entitymapid, sourceentityname, targetentityname FROM entitymap")
    }
    mapped = {(_uuid(id), name) for id, name in run("SELECT entitymapid, targetattributename FROM attributemap")}
    for column_map in all_maps():
        map_id = maps.get((column_map.source, column_map.target))
        if map_id is None:
            map_id = new_key()
            names = {"sourceentityname": column_map.source, "targetentityname": column_map.target}
            insert_rows("entitymap", [{"entitymapid": map_id, **names}])
        pairs = [*((name, name) for name in column_map.same), *((s, t) for t, s in column_map.renamed.items())]
        insert_rows(
            "attributemap",
            [
                {"entitymapid": map_id, "sourceattributename": source, "targetattributename": target, "issystem": True}
                for source, target in pairs
                if (map_id, target) not in mapped
            ],
        )


def insert_rows(table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows of the same columns without a message: messages need an organization, and there may be none yet."""
    stored = current().dialect.storage(table)
    now = datetime.now(UTC).replace(microsecond=0)
    made = []
    for values in rows:
        row = Row(table, new_key(), values)
        row.setdefault(stored.key, row.id)
        row.setdefault("versionnumber", 0)
        if "createdon" in stored.name_set:
            row["createdon"] = row["modifiedon"] = now
        made.append(row)
    if not made:
        return
    columns = tuple(name for name, value in made[0].items() if value is not None)
    stored.insert(columns, made)


def _uuid(id: UUID | str) -> UUID:
    """A key from either driver."""
    return id if isinstance(id, UUID) else UUID(id)
