"""Users, teams, units and roles as people name them, and what administration commands share."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from handsel.site.cli.opening import add_database_options

if TYPE_CHECKING:
    from handsel.database.result import Row
    from handsel.database.row import Reference
    from handsel.engine.rights.grants import HeldRole, Rights
    from handsel.engine.rights.privileges import Depth
    from handsel.site.session import Session

DEPTHS = {"own": "Basic", "unit": "Local", "units": "Deep", "all": "Global"}
"""How far a privilege reaches, as the command line calls it: own rows, the unit's, those of units below, all."""
_ALSO = {"user": "own", "children": "units", "organization": "all", "b": "own", "l": "unit", "d": "units", "g": "all"}


def add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    """The parser of one action of a command, with the options that all have."""
    parser = actions.add_parser(name, help=text, description=f"{text[:1].upper()}{text[1:]}.", allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    add_database_options(parser)
    return parser


def find(session: Session, table: str, text: str) -> Row:
    """The user, team or unit with this name; a user by user name or full name, disabled ones included.

    Raises NotFound (0x80040217) for none and InvalidArgument (0x80040203) for several.
    """
    from handsel.errors import InvalidArgument, NotFound
    from handsel.site.cli.records import find_record, require_table
    from handsel.tables.info import table_info

    label = table_info(table).label.lower()
    try:
        record = find_record(session, text, require_table(session, table))
    except NotFound as error:
        command = {"systemuser": "user", "team": "team", "businessunit": "unit"}[table]
        raise NotFound(f"There is no {label} '{text}'. `handsel {command} list` shows them.") from error
    except InvalidArgument as error:
        raise InvalidArgument(f"Several are called '{text}': {error.message}") from error
    return session.retrieve(record.table, record.id)


def find_principal(session: Session, text: str) -> Reference:
    """A user, or if there is none of this name a team. Raises NotFound."""
    from handsel.errors import NotFound

    for table in ("systemuser", "team"):
        try:
            return find(session, table, text).reference
        except NotFound:
            continue
    raise NotFound(f"There is no user and no team '{text}'. `handsel user list` and `handsel team list` show them.")


def typed(row: Reference) -> Mapping[str, str]:
    """A row as messages take it in JSON."""
    from handsel.tables.info import table_info

    return {"@odata.type": f"Microsoft.Dynamics.CRM.{row.table}", table_info(row.table).primary_key: str(row.id)}


def find_role(session: Session, name: str) -> Row:
    """The original of the role with this name. Raises NotFound, which names the roles that there are."""
    from handsel.errors import NotFound

    roles = [row for row in session.rows("role", order_by="name") if row.get("parentrootroleid") in (None, row.id)]
    wanted = name.strip().lower()
    for row in roles:
        if str(row["name"]).lower() == wanted or str(row.id) == wanted:
            return row
    raise NotFound(f"There is no role '{name}'. The roles are {', '.join(str(row['name']) for row in roles)}.")


def role_in(session: Session, role: Row, unit: UUID) -> Reference:
    """The role's copy in a unit; the role itself where units need no copy. Raises NotFound for a role of elsewhere."""
    from handsel.database.row import Reference
    from handsel.errors import NotFound

    for row in session.rows("role", f"businessunitid eq {unit}"):
        if row.get("parentrootroleid") == role.id or row.id == role.id:
            return row.reference
    if session.count("organization", "hs_ownershipacrossunits eq true"):
        return Reference("role", role.id)
    name = session.retrieve("businessunit", unit, ["name"])["name"]
    raise NotFound(
        f"Role '{role['name']}' cannot be held in unit '{name}': it was made in a unit that is not above it. "
        "Make the role in a unit above, or copy it: `handsel role copy`."
    )


def unit_of(session: Session, name: str | None) -> Reference:
    """The unit with this name; without one the root."""
    from handsel.errors import NotFound

    if name is not None:
        return find(session, "businessunit", name).reference
    for row in session.rows("businessunit", "parentbusinessunitid eq null"):
        return row.reference
    raise NotFound("You may not see the root unit. Name a unit with --unit.")


def unit_names(session: Session) -> Mapping[UUID, str]:
    """The names of the units that the user may see."""
    return {row.id: str(row["name"]) for row in session.rows("businessunit")}


def hold(session: Session, holder: Row, role: Row, *, removed: bool = False) -> None:
    """Give a user or team a role, in its unit, or take the role away."""
    from handsel.database.row import Reference
    from handsel.engine.crud.messages import Associate, Disassociate

    association = f"{holder.table}roles_association"
    unit = holder.value("businessunitid", UUID)
    if not removed:
        session.execute(Associate(holder.table, holder.id, association, role_in(session, role, unit)))
        return
    for held in roles_of(session, holder.reference):
        if held.original == role.id and held.team is None:
            session.execute(Disassociate(holder.table, holder.id, association, Reference("role", held.id)))
            return
    from handsel.errors import NotFound

    raise NotFound(f"{named(holder)} does not hold the role '{role['name']}'.")


def named(holder: Row) -> str:
    """`User anna`, `Team Big deals`."""
    return f"User {holder['domainname']}" if holder.table == "systemuser" else f"Team '{holder['name']}'"


def rights_of(session: Session, user: UUID) -> Rights:
    """What a user is granted. Raises PrivilegeDenied for who may not read roles and asks about another user."""
    from handsel.engine.rights.grants import rights_of as granted
    from handsel.engine.rights.grants import rights_of_user

    if user == session.user.user_id:
        return granted(session.user)
    require_roles(session)
    return rights_of_user(user)


def require_roles(session: Session) -> None:
    """Refuse who may not read roles: they see no other user's rights."""
    from handsel.engine import access
    from handsel.engine.access import Need, Privilege

    access.require_all(session.user, [Need(Privilege.READ, "role")], "see the rights of other users")


def roles_of(session: Session, holder: Reference) -> Sequence[HeldRole]:
    """The roles that a user holds, directly and through teams, or that a team holds."""
    from handsel.engine.rights.grants import rights_of_team

    with session.entered():
        if holder.table == "systemuser":
            return rights_of(session, holder.id).roles
        require_roles(session)
        return rights_of_team(holder.id).roles


def role_text(rights: Rights, role: HeldRole) -> str:
    """`Salesperson`, `Salesperson (team Big deals)`."""
    return role.name if role.team is None else f"{role.name} (team {rights.tables.team_names[role.team]})"


def depth_named(text: str) -> Depth:
    """How far a privilege is to reach. Raises InvalidArgument."""
    from handsel.engine.rights.privileges import Depth
    from handsel.errors import InvalidArgument

    wanted = text.strip().lower()
    wanted = _ALSO.get(wanted, wanted)
    for word, name in DEPTHS.items():
        if wanted in (word, name.lower()):
            return Depth[name.upper()]
    raise InvalidArgument(f"'{text}' is no depth. Take {', '.join(DEPTHS)}: {_MEANING}.")


_MEANING = "own rows, those of the unit, those of the unit and the units below it, all rows"


def privileges_named(session: Session, text: str) -> list[str]:
    """The privileges that a text names: `prvReadQuote`, or a table with verbs, `quote:read,write`, `quote:every`.

    Raises InvalidArgument for others.
    """
    from handsel.chain.rights.explaining.questions import right_named
    from handsel.engine.rights.privileges import all_privileges, coverage_of, privilege_name
    from handsel.errors import InvalidArgument
    from handsel.site.cli.records import require_table

    known = {each.name.lower(): each.name for each in all_privileges()}
    if text.lower() in known:
        return [known[text.lower()]]
    word, colon, verbs = text.partition(":")
    if not colon:
        raise InvalidArgument(
            f"There is no privilege '{text}'. Give the name of one, such as prvReadQuote, or a table with verbs, such "
            "as quote:read,write or quote:every."
        )
    info = require_table(session, word)
    stem = coverage_of(info.logical_name).stem
    if not stem:
        raise InvalidArgument(f"{info.label} has no privileges of its own: the rights of the row it belongs to count.")
    if verbs.strip().lower() == "every":
        return [each.name for each in all_privileges() if info.logical_name in each.tables]
    found = []
    for verb in verbs.split(","):
        right = right_named(verb)
        name = "" if right is None else privilege_name(right, stem)
        if name.lower() not in known:
            there = ", ".join(each.name for each in all_privileges() if info.logical_name in each.tables)
            raise InvalidArgument(f"'{verb.strip()}' cannot be granted on {info.label}. There are {there}.")
        found.append(name)
    return found


def print_objects(objects: Iterable[Mapping[str, object]]) -> None:
    """One JSON object in a line for each."""
    from handsel.site.cli.json_text import written

    for each in objects:
        print(written(each, indent=0))


def print_done(options: argparse.Namespace, sentence: str, result: Mapping[str, object]) -> None:
    """What was done: as a sentence, or as JSON."""
    from handsel.site.cli.json_text import written

    print(written(result) if options.json else sentence)
