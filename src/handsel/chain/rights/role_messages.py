"""AddPrivilegesRole, ReplacePrivilegesRole and RemovePrivilegeRole: what a role grants (security 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.rights.held import require_held
from handsel.chain.rights.role_rules import require_changeable
from handsel.chain.rights.shapes import ROLE_PRIVILEGE
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.edm import Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, as_uuid
from handsel.engine.rights.privileges import Depth
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, NotFound, abbreviated, enumerated, not_found

_DEPTHS = {depth.name.capitalize(): depth for depth in Depth}
"""By the names that callers write: `Basic`, `Local`, `Deep`, `Global`."""

Given = Annotated[Sequence[Mapping[str, Any]] | None, Parameter(type=Many(ROLE_PRIVILEGE))]


@dataclass(frozen=True, slots=True)
class AddPrivilegesRole(Message[None]):
    """Let a role grant more, or further or less far.

    Each privilege has its `PrivilegeId` or `PrivilegeName`, and its `Depth`: a name, or a number from 0 to 3.
    """

    needs: ClassVar[Needs] = Needs(besides="Write on the role, and each privilege that is added, no less far.")
    operation: ClassVar[Operation] = Operation(bound_to="role", binding="role_id")

    role_id: UUID
    privileges: Given = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("role", self.role_id),)


@dataclass(frozen=True, slots=True)
class ReplacePrivilegesRole(Message[None]):
    """Make a list of privileges everything that a role grants; written as for AddPrivilegesRole."""

    needs: ClassVar[Needs] = Needs(besides="Write on the role, and each privilege that is added, no less far.")
    operation: ClassVar[Operation] = Operation(bound_to="role", binding="role_id")

    role_id: UUID
    privileges: Given = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("role", self.role_id),)


@dataclass(frozen=True, slots=True)
class RemovePrivilegeRole(Message[None]):
    """Let a role not grant a privilege any more. Raises NotFound for one that it does not grant."""

    needs: ClassVar[Needs] = Needs(besides="Write on the role.")
    operation: ClassVar[Operation] = Operation(bound_to="role", binding="role_id")

    role_id: UUID
    privilege_id: Annotated[UUID, Parameter(type="privilege")]

    def locks(self) -> Sequence[Reference]:
        return (Reference("role", self.role_id),)


@handles(AddPrivilegesRole)
def add_privileges(work: Work, items: list[Item[AddPrivilegesRole]]) -> None:
    """Add privileges to roles, or change their depth."""
    _set(work, items, replaces=False)


@handles(ReplacePrivilegesRole)
def replace_privileges(work: Work, items: list[Item[ReplacePrivilegesRole]]) -> None:
    """Make privileges the only ones of roles."""
    _set(work, items, replaces=True)


@handles(RemovePrivilegeRole)
def remove_privilege(work: Work, items: list[Item[RemovePrivilegeRole]]) -> None:
    """Take privileges out of roles."""
    granted = _granted(work, items)
    known = work.as_system.load("privilege", [item.message.privilege_id for item in items])

    def remove(item: Item[RemovePrivilegeRole]) -> None:
        role = _changeable(work, item.message.role_id)
        id = item.message.privilege_id
        row = granted[role.id].get(id)
        if id not in known:
            raise not_found("privilege", id)
        if row is None:
            raise NotFound(f"The role '{role['name']}' does not grant {known[id]['name']}.", table="privilege")
        work.delete(item, row, root=role.reference)

    work.each(items, remove)


def _set(work: Work, items: Sequence[Item[Any]], *, replaces: bool) -> None:
    granted = _granted(work, items)

    def change(item: Item[Any]) -> None:
        role = _changeable(work, item.message.role_id)
        wanted = _wanted(work, type(item.message).__name__, item.message.privileges)
        present = granted[role.id]
        deeper = {
            row["name"]: depth
            for id, (row, depth) in wanted.items()
            if id not in present or depth > Depth.of_mask(present[id]["privilegedepthmask"])
        }
        require_held(work, deeper, role["businessunitid"], f"add privileges to role '{role['name']}'")
        for id, (_row, depth) in wanted.items():
            if id in present:
                work.update(item, present[id], {"privilegedepthmask": depth.mask}, root=role.reference)
            else:
                values = {"roleid": role.id, "privilegeid": id, "privilegedepthmask": depth.mask}
                work.insert(item, "roleprivileges", values, root=role.reference)
        for id in present.keys() - wanted.keys() if replaces else ():
            work.delete(item, present[id], root=role.reference)

    work.each(items, change)


def _granted(work: Work, items: Sequence[Item[Any]]) -> dict[UUID, dict[UUID, Row]]:
    """The privileges of the roles that messages change, by role and privilege."""
    roles = [item.message.role_id for item in items]
    work.as_user.load("role", roles)
    found = work.as_system.children("roleprivileges", "roleid", roles)
    return {role: {row["privilegeid"]: row for row in rows} for role, rows in found.items()}


def _changeable(work: Work, id: UUID) -> Row:
    work.require(Privilege.WRITE, "role")
    role = work.as_user.row("role", id)
    if role is None:
        raise not_found("role", id)
    work.require(Privilege.WRITE, "role", [role])
    require_changeable(work, role)
    return role


def _wanted(work: Work, owner: str, given: object) -> dict[UUID, tuple[Row, Depth]]:
    """The privileges that a caller lists, by id, each with its row and depth."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise InvalidArgument(f"{owner}: Privileges must be a list, not {abbreviated(given)}.")
    by_name = [each["PrivilegeName"] for each in given if isinstance(each, Mapping) and _is_named(each)]
    found = work.as_system.children("privilege", "name", by_name) if by_name else {}
    ids = {name: rows[0].id for name, rows in found.items() if rows}
    listed: list[tuple[UUID, Depth]] = []
    for each in given:
        if not isinstance(each, Mapping):
            raise InvalidArgument(f"{owner}: each of Privileges is an object with PrivilegeId and Depth.")
        if _is_named(each) and each["PrivilegeName"] not in ids:
            raise InvalidArgument(f"{owner}: there is no privilege {abbreviated(each['PrivilegeName'])}.")
        id = ids[each["PrivilegeName"]] if _is_named(each) else as_uuid(owner, "PrivilegeId", each.get("PrivilegeId"))
        listed.append((id, _depth(owner, each.get("Depth"))))
    rows = work.as_system.load("privilege", [id for id, _ in listed])
    wanted: dict[UUID, tuple[Row, Depth]] = {}
    for id, depth in listed:
        if id not in rows:
            raise InvalidArgument(f"{owner}: there is no privilege with the id {id}.")
        _require_depth(owner, rows[id], depth)
        if id in wanted and wanted[id][1] is not depth:
            raise InvalidArgument(f"{owner}: {rows[id]['name']} is listed twice, at two depths. List it once.")
        wanted[id] = (rows[id], depth)
    return wanted


def _is_named(given: Mapping[str, Any]) -> bool:
    return given.get("PrivilegeId") is None and isinstance(given.get("PrivilegeName"), str)


def _depth(owner: str, given: object) -> Depth:
    if isinstance(given, str) and given.capitalize() in _DEPTHS:
        return _DEPTHS[given.capitalize()]
    number = int(given) if isinstance(given, str) and given.isdecimal() and len(given) == 1 else given
    if isinstance(number, int) and not isinstance(number, bool) and number in list(Depth):
        return Depth(number)
    raise InvalidArgument(f"{owner}: Depth is {enumerated(_DEPTHS, 'or')}, or 0 to 3, not {abbreviated(given)}.")


def _require_depth(owner: str, privilege: Row, depth: Depth) -> None:
    """Refuse a depth that a privilege cannot have; it is neither raised nor cut silently (security 4)."""
    possible = [name for name, each in _DEPTHS.items() if privilege.get(f"canbe{each.name.lower()}")]
    if depth.name.capitalize() not in possible:
        raise InvalidArgument(
            f"{owner}: {privilege['name']} cannot be granted at depth {depth.name.capitalize()}, only at "
            f"{enumerated(possible, 'or')}."
        )
