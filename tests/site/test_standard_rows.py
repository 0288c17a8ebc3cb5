"""What every database has is added where it lacks: copies of roles, teams of units and their members."""

from uuid import UUID

import handsel
from handsel import Session
from handsel.database.statements import run
from handsel.site.standard_rows import add_standard_rows


def test_roles_and_teams_of_units_are_added_where_they_lack(session: Session) -> None:
    north = session.execute(handsel.Create("businessunit", {"name": "North"})).id
    oslo = session.execute(handsel.Create("businessunit", {"name": "Oslo", "parentbusinessunitid": north})).id
    names = {"domainname": "anna", "firstname": "Anna", "lastname": "Berg", "businessunitid": oslo}
    session.execute(handsel.Create("systemuser", names))
    session.execute(handsel.Create("role", {"name": "Buyer", "businessunitid": north}))
    before = standing(session)
    assert ("Oslo", "Buyer") in before
    assert ("Oslo", "anna") in before
    with session.entered():
        run("DELETE FROM role WHERE parentrootroleid <> roleid")
        run("DELETE FROM teammembership")
        run("DELETE FROM team WHERE name = 'Oslo'")
        assert standing(session) != before
        [[root]] = run("SELECT businessunitid FROM businessunit WHERE parentbusinessunitid IS NULL")
        add_standard_rows(UUID(str(root)))
    assert standing(session) == before


def standing(session: Session) -> list[tuple[str, str]]:
    """Which roles and which members stand in which unit, by name."""
    units = {row.id: str(row["name"]) for row in session.rows("businessunit")}
    users = {row.id: str(row["domainname"]) for row in session.rows("systemuser")}
    teams = {row.id: units[row["businessunitid"]] for row in session.rows("team", "isdefault eq true")}
    found = [(units[row["businessunitid"]], str(row["name"])) for row in session.rows("role")]
    found += [(teams[row["teamid"]], users[row["systemuserid"]]) for row in session.rows("teammembership")]
    return sorted(found)
