"""Giving users of a test exactly the roles that the test is about."""

import handsel
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.versions import raise_version


def take_roles_from(url: str, user: str) -> None:
    """Take all roles from a user (by domain name), whatever the messages allow."""
    with handsel.open(url) as session, session.entered():
        run(
            f"DELETE FROM systemuserroles WHERE systemuserid = {mark()}",
            (key_value(session.as_user(user).user.user_id),),
        )
        raise_version()


def give_role(url: str, user: str, role: str) -> None:
    """Let a user (by domain name) hold this shipped role and no other."""
    from handsel.chain.rights.standard_roles import STANDARD_ROLES
    from handsel.site.standard_rows import insert_rows

    take_roles_from(url, user)
    id = next(each.id for each in STANDARD_ROLES if each.name == role)
    with handsel.open(url) as session, session.entered():
        insert_rows("systemuserroles", [{"systemuserid": session.as_user(user).user.user_id, "roleid": id}])
        raise_version()
