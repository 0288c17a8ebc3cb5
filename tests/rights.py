"""Giving users of a test exactly the roles that the test is about."""

import handsel
from handsel.database.statements import key_value, mark, run
from handsel.engine.rights.grants import raise_version


def take_roles_from(url: str, user: str) -> None:
    """Take all roles from a user (by domain name), whatever the messages allow."""
    with handsel.open(url) as session, session.entered():
        run(
            f"DELETE FROM systemuserroles WHERE systemuserid = {mark()}",
            (key_value(session.as_user(user).user.user_id),),
        )
        raise_version()
