"""Roles given and changed, users who move, records shared, by command line."""

import json

import handsel
from tests.cli.conftest import Command, Outcome


def done(outcome: Outcome) -> str:
    assert outcome.status == 0, outcome.err
    return outcome.out


def test_a_user_gets_roles_and_loses_them(handsel_command: Command, sqlite_url: str) -> None:
    done(handsel_command("unit", "create", "North", url=sqlite_url))
    made = handsel_command("user", "create", "anna", "--unit", "North", "--role", "Salesperson", url=sqlite_url)
    assert made.lines[0] == "Made user anna in unit North, with the role Salesperson."
    given = handsel_command("user", "role", "anna", "finance", url=sqlite_url)
    assert given.out == "User anna holds the role Finance.\n"
    assert roles(handsel_command, sqlite_url, "anna") == {"Salesperson", "Finance"}
    done(handsel_command("user", "role", "anna", "Salesperson", "--remove", url=sqlite_url))
    assert roles(handsel_command, sqlite_url, "anna") == {"Finance"}
    again = handsel_command("user", "role", "anna", "Salesperson", "--remove", url=sqlite_url)
    assert (again.status, "does not hold the role 'Salesperson'" in again.err) == (1, True)


def roles(handsel_command: Command, url: str, user: str) -> set[str]:
    return set(json.loads(done(handsel_command("user", "show", user, "--json", url=url)))["roles"])


def test_a_user_without_a_role_is_told_so(handsel_command: Command, sqlite_url: str) -> None:
    made = handsel_command("user", "create", "anna", url=sqlite_url)
    assert "without a role: they may do nothing until they get one" in made.out
    refused = handsel_command("list", "accounts", "--as", "anna", url=sqlite_url)
    assert refused.status == 1
    assert "holds no role" in refused.err
    no = handsel_command("can", "anna", "read", "accounts", url=sqlite_url)
    assert no.lines[0] == "No. User anna may not read accounts: the user holds no role."


def test_integration_users_and_several_roles(handsel_command: Command, sqlite_url: str) -> None:
    done(
        handsel_command(
            *("user", "create", "erp", "--role", "Integration", "--role", "Finance", "--integration"), url=sqlite_url
        )
    )
    with handsel.open(sqlite_url) as session:
        [user] = session.rows("systemuser", "domainname eq 'erp'")
    assert user["isintegrationuser"] is True
    assert roles(handsel_command, sqlite_url, "erp") == {"Integration", "Finance"}


def test_a_copied_role_is_changed_apart_from_its_source(handsel_command: Command, sqlite_url: str) -> None:
    assert handsel_command("role", "copy", "Salesperson", "Juniors", url=sqlite_url).out.startswith("Made role Juniors")
    same = handsel_command("role", "diff", "Salesperson", "Juniors", url=sqlite_url)
    assert same.out == "Salesperson and Juniors may do the same.\n"
    granted = handsel_command("role", "grant", "Juniors", "quote:read,write", "units", url=sqlite_url)
    assert granted.out == "Role Juniors grants prvReadQuote, prvWriteQuote: the unit and those below it.\n"
    done(handsel_command("role", "grant", "Juniors", "prvOverridePriceEngineQuote", "all", url=sqlite_url))
    done(handsel_command("role", "revoke", "Juniors", "quote:delete", url=sqlite_url))
    found = {
        each["privilege"]: (each["first"], each["second"])
        for each in map(
            json.loads, handsel_command("role", "diff", "Salesperson", "Juniors", "--json", url=sqlite_url).lines
        )
    }
    assert found == {
        "prvDeleteQuote": (["own rows"], []),
        "prvOverridePriceEngineQuote": ([], ["the whole organization"]),
        "prvReadQuote": (["the whole organization"], ["the unit and those below it"]),
        "prvWriteQuote": (["the unit"], ["the unit and those below it"]),
    }


def test_a_new_role_grants_nothing(handsel_command: Command, sqlite_url: str) -> None:
    assert handsel_command("role", "create", "Empty", url=sqlite_url).out.startswith("Made role Empty")
    assert handsel_command("role", "show", "Empty", url=sqlite_url).lines[-1] == "It grants nothing."


def test_what_a_role_cannot_grant_is_refused(handsel_command: Command, sqlite_url: str) -> None:
    done(handsel_command("role", "create", "Juniors", url=sqlite_url))
    for words, said in (
        (("grant", "Juniors", "quotedetail:read", "all"), "has no privileges of its own"),
        (("grant", "Juniors", "product:assign", "all"), "cannot be granted on Product"),
        (("grant", "Juniors", "quote:read", "far"), "'far' is no depth"),
        (("grant", "Juniors", "prvFlyQuote", "all"), "There is no privilege 'prvFlyQuote'"),
        (("grant", "Juniors", "product:read", "unit"), "prvReadProduct"),
        (("revoke", "Juniors", "quote:read"), "does not grant prvReadQuote"),
        (("copy", "System Administrator", "Gods"), "cannot be copied"),
        (("grant", "System Administrator", "quote:read", "all"), "System Administrator"),
    ):
        outcome = handsel_command("role", *words, url=sqlite_url)
        assert (outcome.status, outcome.out) == (1, ""), words
        assert said in outcome.err, outcome.err
    assert json.loads(done(handsel_command("role", "show", "Juniors", "--json", url=sqlite_url)))["privileges"] == {}


def test_a_move_says_beforehand_which_roles_are_lost(handsel_command: Command, sqlite_url: str) -> None:
    for name in ("North", "South"):
        done(handsel_command("unit", "create", name, url=sqlite_url))
    done(handsel_command("role", "create", "Northerner", "--unit", "North", url=sqlite_url))
    user = ("user", "create", "anna", "--unit", "North", "--role", "Northerner", "--role", "Salesperson")
    done(handsel_command(*user, url=sqlite_url))
    lost = "lose the roles Northerner, which there are not in that unit"
    preview = handsel_command("user", "move", "anna", "South", "--preview", url=sqlite_url)
    assert preview.out == f"User anna would move to unit South with 0 rows, and {lost}.\n"
    assert roles(handsel_command, sqlite_url, "anna") == {"Northerner", "Salesperson"}
    done(handsel_command("new", "account", "name=Theirs", "owner=anna", url=sqlite_url))
    leaving = ("user", "move", "anna", "South", "--rows-to", "admin")
    preview = handsel_command(*leaving, "--preview", url=sqlite_url)
    assert preview.out == f"User anna would move to unit South with 0 rows, and {lost}. 1 rows would go to admin.\n"
    moved = json.loads(done(handsel_command(*leaving, "--json", url=sqlite_url)))
    assert (moved["unit"], moved["lost"], moved["rows"], moved["reassigned"]) == ("South", ["Northerner"], 0, 1)
    admins = done(handsel_command("list", "accounts", "--filter", "owninguser/domainname eq 'admin'", url=sqlite_url))
    assert "Theirs" in admins
    assert roles(handsel_command, sqlite_url, "anna") == {"Salesperson"}


def test_a_role_of_another_unit_is_refused(handsel_command: Command, sqlite_url: str) -> None:
    for name in ("North", "South"):
        done(handsel_command("unit", "create", name, url=sqlite_url))
    done(handsel_command("role", "create", "Northerner", "--unit", "North", url=sqlite_url))
    refused = handsel_command("user", "create", "anna", "--unit", "South", "--role", "Northerner", url=sqlite_url)
    assert refused.status == 1
    assert "Role 'Northerner' cannot be held in unit 'South'" in refused.err
    users = [json.loads(line)["user"] for line in handsel_command("user", "list", "--json", url=sqlite_url).lines]
    assert users == ["admin"]


def test_a_team_gets_a_role(handsel_command: Command, sqlite_url: str) -> None:
    made = handsel_command("team", "create", "Big deals", "--role", "Salesperson", url=sqlite_url)
    assert made.out == "Made team Big deals, with the role Salesperson.\n"
    done(handsel_command("user", "create", "anna", url=sqlite_url))
    done(handsel_command("team", "add", "Big deals", "anna", url=sqlite_url))
    assert roles(handsel_command, sqlite_url, "anna") == {"Salesperson (team Big deals)"}
    done(handsel_command("team", "role", "Big deals", "Salesperson", "--remove", url=sqlite_url))
    assert roles(handsel_command, sqlite_url, "anna") == set()


def test_a_record_is_shared_for_as_long_as_it_is(handsel_command: Command, sample_url: str) -> None:
    deal = "Office move, 12 workplaces"
    hidden = handsel_command("show", deal, "--as", "sample.agent", url=sample_url)
    assert (hidden.status, hidden.out) == (1, "")
    shared = handsel_command("share", deal, "sample.agent", "read,write", url=sample_url)
    assert shared.out == f"Opportunity '{deal}' is shared with user sample.agent: ReadAccess, WriteAccess.\n"
    [listed] = map(json.loads, handsel_command("share", "--list", deal, "--json", url=sample_url).lines)
    assert (listed["Principal"], listed["Rights"], listed["Through"]) == ("Sample Agent", "ReadAccess, WriteAccess", [])
    done(handsel_command("set", deal, "closeprobability=80", "--as", "sample.agent", url=sample_url))
    because = handsel_command("can", "sample.agent", "write", deal, url=sample_url).lines[0]
    assert because == f"Yes. User sample.agent may change Opportunity '{deal}': it is shared with the user."
    done(handsel_command("share", "--revoke", deal, "sample.agent", url=sample_url))
    assert handsel_command("show", deal, "--as", "sample.agent", url=sample_url).status == 1
    assert (
        handsel_command("share", "--list", deal, url=sample_url).out == f"Opportunity '{deal}' is shared with nobody.\n"
    )


def test_what_cannot_be_shared_is_refused(handsel_command: Command, sample_url: str) -> None:
    deal = "Office move, 12 workplaces"
    for words, said in (
        ((deal, "sample.agent", "fly"), "'fly' is no right on a record"),
        ((deal, "sample.agent", "create"), "'create' is no right on a record"),
        ((deal, "no one", "read"), "There is no user and no team 'no one'"),
        ((deal, "sample.seller.one", "read"), "0x80040214"),
        (("read",), "Name a record"),
    ):
        outcome = handsel_command("share", *words, url=sample_url)
        assert (outcome.status, outcome.out) == (1, ""), words
        assert said in outcome.err, outcome.err


def test_the_people_of_the_sample_company_see_different_things(handsel_command: Command, sample_url: str) -> None:
    """What the sample is for: by role, by unit, by share."""
    users = {
        each["user"]: (each["unit"], each["roles"])
        for each in map(json.loads, handsel_command("user", "list", "--json", url=sample_url).lines)
    }
    assert len(users) == 8
    assert users["seller"] == ("Sample Home Market", ["Salesperson"])
    deals = {
        name: {json.loads(line)["name"] for line in listed.lines}
        for name in ("seller", "sample.agent", "sample.finance")
        for listed in [
            handsel_command("list", "opportunities", "--columns", "name", "--json", "--as", name, url=sample_url)
        ]
    }
    assert (len(deals["seller"]), len(deals["sample.finance"])) == (9, 9)
    assert deals["sample.agent"] == {"Furniture for the new studio"}
    answers = {
        (name, right): handsel_command("can", name, right, "QUO-01001", url=sample_url).status
        for name in ("seller", "sample.seller.two", "sample.director")
        for right in ("write", "delete")
    }
    assert answers == {
        ("seller", "write"): 0,
        ("seller", "delete"): 0,
        ("sample.seller.two", "write"): 3,
        ("sample.seller.two", "delete"): 3,
        ("sample.director", "write"): 0,
        ("sample.director", "delete"): 0,
    }
