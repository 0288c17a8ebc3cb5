"""Administration of people and rights by command line: users, units, teams, roles, and the question why."""

import json

import pytest
from django.contrib.auth.hashers import check_password

import handsel
from tests.cli.conftest import Command

SECRET = "Password: "


def test_a_user_is_made_with_a_password_that_is_shown_once(handsel_command: Command, sqlite_url: str) -> None:
    assert handsel_command("unit", "create", "North", url=sqlite_url).out == "Made unit North below Handsel.\n"
    made = handsel_command(
        "user", "create", "anna", "--unit", "North", "--first", "Anna", "--last", "Example", url=sqlite_url
    )
    assert made.lines[0].startswith("Made user anna in unit North, ")
    assert made.lines[1].startswith(SECRET)
    password = made.lines[1].removeprefix(SECRET).split()[0]
    with handsel.open(sqlite_url) as session:
        users = session.queryset("systemuser").filter(domain_name="anna")
        [(hashed, name, unit)] = users.values_list("password", "full_name", "business_unit__name")
        assert check_password(password, hashed)
        assert (name, unit) == ("Anna Example", "North")
        assert password not in json.dumps([dict(row) for row in session.rows("systemuser")], default=str)
    assert password not in handsel_command("user", "show", "anna", "--json", url=sqlite_url).out


def test_a_new_password_replaces_the_old_one(handsel_command: Command, sqlite_url: str) -> None:
    first = json.loads(handsel_command("user", "create", "anna", "--json", url=sqlite_url).out)["password"]
    second = json.loads(handsel_command("user", "password", "anna", "--json", url=sqlite_url).out)["password"]
    assert first != second
    with handsel.open(sqlite_url) as session:
        users = session.queryset("systemuser").filter(domain_name="anna")
        [(hashed,)] = users.values_list("password")
        assert (check_password(second, hashed), check_password(first, hashed)) == (True, False)


def test_a_refused_user_is_not_half_made(handsel_command: Command, sqlite_url: str) -> None:
    refused = handsel_command("user", "create", "anna", "--role", "Sailsperson", url=sqlite_url)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("handsel: There is no role 'Sailsperson'. The roles are Finance, Integration, ")
    again = handsel_command("user", "create", "admin", url=sqlite_url)
    assert again.status == 1
    assert "admin" in again.err
    assert [json.loads(line)["user"] for line in handsel_command("user", "list", "--json", url=sqlite_url).lines] == [
        "admin"
    ]


def test_users_are_listed_with_unit_and_roles(handsel_command: Command, sqlite_url: str) -> None:
    handsel_command("unit", "create", "North", url=sqlite_url)
    handsel_command("user", "create", "anna", "--unit", "North", url=sqlite_url)
    assert handsel_command("user", "disable", "anna", url=sqlite_url).out == "User anna is disabled.\n"
    [admin, anna] = map(json.loads, handsel_command("user", "list", "--json", url=sqlite_url).lines)
    assert (admin["user"], admin["unit"], admin["roles"]) == ("admin", "Handsel", ["System Administrator"])
    assert (anna["user"], anna["unit"], anna["isdisabled"]) == ("anna", "North", True)
    assert "disabled" in handsel_command("user", "list", url=sqlite_url).out
    assert handsel_command("user", "enable", "anna", url=sqlite_url).out == "User anna is enabled.\n"
    assert "disabled" not in handsel_command("user", "list", url=sqlite_url).out


def test_one_cannot_disable_oneself(handsel_command: Command, sqlite_url: str) -> None:
    refused = handsel_command("user", "disable", "admin", url=sqlite_url)
    assert refused.status == 1
    assert "cannot disable yourself" in refused.err


def test_units_are_shown_as_a_tree_and_moved(handsel_command: Command, sqlite_url: str) -> None:
    for name, parent in (("North", None), ("East", "North"), ("South", None)):
        handsel_command("unit", "create", name, *(["--parent", parent] if parent else []), url=sqlite_url)
    assert _tree(handsel_command, sqlite_url) == [("Handsel", 0), ("North", 1), ("East", 2), ("South", 1)]
    assert handsel_command("unit", "move", "East", "South", url=sqlite_url).out == "Unit East now stands below South.\n"
    assert _tree(handsel_command, sqlite_url) == [("Handsel", 0), ("North", 1), ("South", 1), ("East", 2)]
    shown = json.loads(handsel_command("unit", "show", "South", "--json", url=sqlite_url).out)
    assert (shown["parent"], shown["below"]) == ("Handsel", ["East"])
    loop = handsel_command("unit", "move", "South", "East", url=sqlite_url)
    assert loop.status == 1
    assert "would stand above itself" in loop.err


def _tree(handsel_command: Command, url: str) -> list[tuple[str, int]]:
    found = [json.loads(line) for line in handsel_command("unit", "list", "--json", url=url).lines]
    return [(each["name"], each["level"]) for each in found]


def test_users_join_and_leave_teams(handsel_command: Command, sqlite_url: str) -> None:
    for name in ("anna", "bert"):
        handsel_command("user", "create", name, url=sqlite_url)
    handsel_command("team", "create", "Big deals", url=sqlite_url)
    handsel_command("team", "create", "Reviewers", "--access", url=sqlite_url)
    added = handsel_command("team", "add", "Big deals", "anna", "bert", url=sqlite_url)
    assert added.out == "anna and bert are now in team Big deals.\n"
    removed = handsel_command("team", "remove", "Big deals", "bert", url=sqlite_url)
    assert removed.out == "bert is no longer in team Big deals.\n"
    teams = {
        each["name"]: (each["kind"], each["members"])
        for each in map(json.loads, handsel_command("team", "list", "--json", url=sqlite_url).lines)
    }
    assert (teams["Big deals"], teams["Reviewers"]) == (("Owner", ["anna"]), ("Access", []))
    assert "Members: anna" in handsel_command("team", "show", "big deals", url=sqlite_url).out


def test_what_a_role_grants_is_shown_by_table_and_verb(handsel_command: Command, sqlite_url: str) -> None:
    shown = handsel_command("role", "show", "Salesperson", url=sqlite_url)
    [quote] = [line.split() for line in shown.lines if line.startswith("Quote ")]
    assert quote == ["Quote", "own", "all", "unit", "own", "unit", "unit", "own", "own"]
    held = json.loads(handsel_command("role", "show", "Salesperson", "--json", url=sqlite_url).out)["privileges"]
    assert (held["prvReadQuote"], held["prvWriteQuote"]) == ("Global", "Local")
    assert handsel_command("role", "show", "System Administrator", url=sqlite_url).lines[-1] == "It may do everything."


def test_the_difference_of_two_roles(handsel_command: Command, sqlite_url: str) -> None:
    outcome = handsel_command("role", "diff", "Salesperson", "Sales Manager", "--json", url=sqlite_url)
    found = {each["privilege"]: each for each in map(json.loads, outcome.lines)}
    assert (found["prvDeleteQuote"]["first"], found["prvDeleteQuote"]["second"]) == (["own rows"], ["the unit"])
    assert found["prvOverridePriceEngineQuote"]["first"] == []
    assert "prvReadQuote" not in found
    same = handsel_command("role", "diff", "Salesperson", "salesperson", url=sqlite_url)
    assert same.out == "Salesperson and Salesperson may do the same.\n"


def test_can_answers_with_reason_and_status(handsel_command: Command, sample_url: str) -> None:
    yes = handsel_command("can", "admin", "delete", "QUO-01000", url=sample_url)
    assert yes.status == 0
    assert yes.lines[0].startswith("Yes. User admin may delete Quote 'Reading room refit'")
    handsel_command("user", "disable", "sample.seller.one", url=sample_url)
    no = handsel_command("can", "sample.seller.one", "read", "Office move, 12 workplaces", url=sample_url)
    assert no.status == 3
    assert no.lines[0].endswith("the user is disabled.")
    table = json.loads(handsel_command("can", "admin", "create", "quotes", "--json", url=sample_url).out)
    assert (table["IsAllowed"], [each["Kind"] for each in table["Checks"]]) == (True, ["user", "privilege"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("admin", "fly", "quotes"), "neither a right"),
        (("admin", "read"), "Read of what?"),
        (("nobody", "read", "quotes"), "There is no user 'nobody'. `handsel user list` shows them."),
        (("admin", "read", "QUO-0999999"), "QUO-0999999"),
    ],
)
def test_what_is_no_question_is_refused(
    handsel_command: Command, sample_url: str, arguments: tuple[str, ...], words: str
) -> None:
    outcome = handsel_command("can", *arguments, url=sample_url)
    assert (outcome.status, outcome.out) == (1, "")
    assert words in outcome.err


def test_who_may_see_a_record(handsel_command: Command, sample_url: str) -> None:
    users = [json.loads(line)["user"] for line in handsel_command("user", "list", "--json", url=sample_url).lines]
    allowed = [user for user in users if handsel_command("can", user, "read", "QUO-01000", url=sample_url).status == 0]
    found = [json.loads(line) for line in handsel_command("who", "QUO-01000", "--json", url=sample_url).lines]
    assert [each["User"] for each in found] == allowed
    assert found[0]["Reason"] == "as System Administrator they may do everything"


def test_whoami_says_who_acts(handsel_command: Command, sample_url: str) -> None:
    outcome = handsel_command("whoami", "--as", "Sample Seller Two", url=sample_url)
    assert outcome.lines[0].startswith("User sample.seller.two (Sample Seller Two), unit ")
    found = json.loads(handsel_command("whoami", "--json", url=sample_url).out)
    assert (found["user"], found["roles"]) == ("admin", ["System Administrator"])
