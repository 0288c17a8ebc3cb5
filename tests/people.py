"""Users who may act in a test: a new user has no role, and without one may do nothing."""

from uuid import UUID

import handsel
from handsel import Reference

ADMINISTRATOR = "System Administrator"


def make_administrator(session: handsel.Session, name: str, **values: object) -> UUID:
    """A new user who may do everything; other columns of the user may be given."""
    names = {"domainname": name, "firstname": name, "lastname": name}
    user = session.execute(handsel.Create("systemuser", {**names, **values})).id
    give_role(session, user, ADMINISTRATOR)
    return user


def give_role(session: handsel.Session, user: UUID | str, role: str) -> None:
    """Give a role of the root unit by its name; a user of another unit gets its copy there."""
    [found] = [row for row in session.rows("role", f"name eq '{role}'") if row["parentrootroleid"] == row.id]
    holder = UUID(str(user))
    session.execute(handsel.Associate("systemuser", holder, "systemuserroles_association", Reference("role", found.id)))


def may_do_everything(url: str, user: str) -> str:
    """Make a user that was created over HTTP an administrator, and return the id."""
    with handsel.open(url) as session:
        give_role(session, user, ADMINISTRATOR)
    return user
