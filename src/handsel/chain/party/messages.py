"""AddMembersTeam and RemoveMembersTeam, and FormatAddress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.document.addresses import written_address
from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.hooks import Link, check_link
from handsel.engine.edm import Many
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, as_uuid
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, NotFound, not_found


@dataclass(frozen=True, slots=True)
class AddMembersTeam(Message[None]):
    """Put users into a team. Who is in it already stays. `members` are ids, references or rows of users."""

    needs: ClassVar[Needs] = Needs(read=("team", "systemuser"), write=("team",))
    operation: ClassVar[Operation] = Operation(bound_to="team", binding="team_id")

    team_id: UUID
    members: Annotated[Sequence[object], Parameter(type=Many("systemuser"))]

    def locks(self) -> Sequence[Reference]:
        return (Reference("team", self.team_id),)


@handles(AddMembersTeam)
def add_members(work: Work, items: list[Item[AddMembersTeam]]) -> None:
    """Add members to teams."""
    wanted, present = _members(work, items)
    users = work.as_user.load("systemuser", {id for ids in wanted.values() for id in ids})

    def add(item: Item[AddMembersTeam]) -> None:
        team = Reference("team", item.message.team_id)
        for id in wanted[item.index]:
            if id not in users:
                raise not_found("systemuser", id)
            values = {"teamid": team.id, "systemuserid": id}
            check_link(work, "teammembership", Link(item, values, is_made=True))
            if id not in present[team.id]:
                present[team.id][id] = work.insert(item, "teammembership", values, root=team)

    work.each(items, add)


@dataclass(frozen=True, slots=True)
class RemoveMembersTeam(Message[None]):
    """Take users out of a team. Raises NotFound for a user who is not in it."""

    needs: ClassVar[Needs] = Needs(read=("team", "systemuser"), write=("team",))
    operation: ClassVar[Operation] = Operation(bound_to="team", binding="team_id")

    team_id: UUID
    members: Annotated[Sequence[object], Parameter(type=Many("systemuser"))]

    def locks(self) -> Sequence[Reference]:
        return (Reference("team", self.team_id),)


@handles(RemoveMembersTeam)
def remove_members(work: Work, items: list[Item[RemoveMembersTeam]]) -> None:
    """Remove members from teams."""
    wanted, present = _members(work, items)

    def take(item: Item[RemoveMembersTeam]) -> None:
        team = Reference("team", item.message.team_id)
        for id in wanted[item.index]:
            values = {"teamid": team.id, "systemuserid": id}
            check_link(work, "teammembership", Link(item, values, is_made=False))
            membership = present[team.id].pop(id, None)
            if membership is None:
                row = work.as_user.row("team", team.id)
                name = row.get("name") if row is not None else team.id
                raise NotFound(
                    f"User {id} is not in team '{name}'. Leave the user out.", table="systemuser", id=str(id)
                )
            work.delete(item, membership, root=team)

    work.each(items, take)


def _members(
    work: Work, items: Sequence[Item[AddMembersTeam | RemoveMembersTeam]]
) -> tuple[dict[int, list[UUID]], dict[UUID, dict[UUID, Row]]]:
    """The users that each item names, and the memberships of each team by user."""
    teams = work.as_user.load("team", [item.message.team_id for item in items])
    wanted: dict[int, list[UUID]] = {}

    def read(item: Item[AddMembersTeam | RemoveMembersTeam]) -> None:
        wanted[item.index] = list(dict.fromkeys(_user_id(item.message, given) for given in _listed(item.message)))

    work.each(items, read)
    memberships = work.as_system.children("teammembership", "teamid", list(teams))
    return wanted, {team: {row["systemuserid"]: row for row in rows} for team, rows in memberships.items()}


def _listed(message: Any) -> Sequence[Any]:
    if isinstance(message.members, (list, tuple)) and message.members:
        return message.members
    raise InvalidArgument(
        f"{type(message).__name__}: Members must be a list of at least one user, not {message.members!r}."
    )


def _user_id(message: Any, given: Any) -> UUID:
    if isinstance(given, Mapping) and not isinstance(given, Row):
        given = given.get("systemuserid", given.get("ownerid", given.get("@odata.id")))
    return as_uuid(type(message).__name__, "Members", given)


@dataclass(frozen=True, slots=True)
class FormatAddress(Message[str]):
    """The parts of an address as one text, as the address columns of a row show it (behaviour 14.4)."""

    needs: ClassVar[Needs] = Needs()
    operation: ClassVar[Operation] = Operation(returns={"Address": str})
    changes: ClassVar[bool] = False

    line1: str
    city: str
    state_or_province: str
    postal_code: str
    country: str


@handles(FormatAddress)
def format_addresses(work: Work, items: list[Item[FormatAddress]]) -> None:
    """Set the results."""

    def write(item: Item[FormatAddress]) -> None:
        asked = item.message
        region = (asked.city, asked.state_or_province, asked.postal_code)
        item.result = written_address(asked.line1, None, None, *region, asked.country) or ""

    work.each(items, write)
