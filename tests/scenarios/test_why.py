"""Given people with different rights, when one asks why, then the answer is that of the door (security 12)."""

from itertools import product
from typing import Any

import pytest

import handsel
from handsel import HandselError, Reference, Session
from handsel.chain.rights.explaining.questions import about_message, right_named
from handsel.engine.access import Need, Privilege, TablelessPrivilege
from handsel.engine.message import message_names, message_type
from handsel.engine.needs import Needs
from handsel.engine.rights.privileges import Depth
from handsel.errors import Code, NotFound, PrivilegeDenied
from tests.scenarios.people_with_rights import People

USERS = ("local", "deep", "basic", "member", "nobody", "reader")
VERBS = (Privilege.READ, Privilege.WRITE, Privilege.SHARE, Privilege.DELETE)


@pytest.fixture
def people(session: Session) -> People:
    """North with East below it, South beside it; a user for each depth, one in a team, one without a role."""
    people = People(session)
    people.unit("North")
    people.unit("East", "North")
    people.unit("South")
    names = ("Read", "Write", "Create", "Append", "AppendTo", "Share", "Assign")
    for role, depth in (("Own", Depth.BASIC), ("Unit", Depth.LOCAL), ("Below", Depth.DEEP)):
        people.role(
            role,
            {
                **{f"prv{verb}Account": depth for verb in names},
                **{f"prv{verb}Contact": depth for verb in names},
                "prvReadUser": Depth.GLOBAL,
                "prvReadRole": Depth.GLOBAL,
            },
        )
    people.user("local", "North", "Unit")
    people.user("deep", "North", "Below")
    people.user("basic", "South", "Own")
    people.user("member", "South")
    people.user("nobody", "North")
    people.user("reader", "South", "Read only")
    people.team("crew", "North", "member", roles=("Own",))
    people.account("of local", "local")
    people.account("of deep", "deep")
    people.account("of basic", "basic")
    people.account("of crew", "crew")
    people.user("east", "East", "Own")
    people.account("of east", "east")
    people.share(account(people, "of basic"), "local", Privilege.READ)
    people.share(account(people, "of east"), "crew", Privilege.READ, Privilege.WRITE)
    contact = {"lastname": "Below", "parentcustomerid": account(people, "of basic"), "ownerid": user(people, "east")}
    people.session.execute(handsel.Create("contact", contact))
    return people


def user(people: People, name: str) -> Reference:
    return Reference("systemuser", people.users[name])


def account(people: People, name: str) -> Reference:
    return next(people.session.rows("account", f"name eq '{name}'")).reference


def why(people: People, name: str, asked: str, target: Reference | None = None, table: str | None = None) -> Any:
    return people.session.execute(handsel.ExplainAccess(asked, target, table, user(people, name)))


def test_the_answer_is_what_the_door_does(people: People) -> None:
    """Every user, right and row: the verdict of the explanation is what happens when the right is used."""
    records = [row.reference for table in ("account", "contact") for row in people.session.rows(table)]
    seen = 0
    for name, record in product(USERS, records):
        theirs = people.session.as_user(name)
        can_read = _allowed(lambda theirs=theirs, record=record: theirs.retrieve(record.table, record.id))
        can_write = can_read and _allowed(
            lambda theirs=theirs, record=record: theirs.execute(
                handsel.Update(record.table, record.id, {"description": f"by {theirs.user.domain_name}"})
            )
        )
        for asked, is_allowed in (("Read", can_read), ("Write", can_write)):
            found = why(people, name, asked, record)
            assert found["IsAllowed"] is is_allowed, (name, asked, record, found)
            _agrees_with_its_checks(found)
            seen += is_allowed
    assert 0 < seen < 2 * len(USERS) * len(records)


def test_one_of_the_checks_passes_where_it_is_allowed(people: People) -> None:
    for name, verb, row in product(USERS, VERBS, list(people.session.rows("account"))):
        _agrees_with_its_checks(why(people, name, verb.value, row.reference))


def _allowed(act: Any) -> bool:
    try:
        act()
    except (PrivilegeDenied, NotFound):
        return False
    return True


def _agrees_with_its_checks(found: Any) -> None:
    """The verdict follows from the checks: those that must pass, and for each right one of the others."""
    checks = found["Checks"]
    must = [each for each in checks if each["Kind"] in ("user", "privilege", "caller")]
    ways: dict[Any, list[bool]] = {}
    for each in checks:
        if each["Kind"] in ("ownership", "role", "share"):
            ways.setdefault((each["Right"], each["Table"]), []).append(each["IsPassed"])
    assert found["IsAllowed"] is (all(each["IsPassed"] for each in must) and all(any(way) for way in ways.values()))


def test_sentences_name_owner_unit_and_roles(people: People) -> None:
    found = why(people, "local", "Write", account(people, "of basic"))
    assert found["Sentence"] == (
        "User local may not change Account 'of basic': it belongs to Basic, unit South, and role Unit reaches the unit "
        "(North), and it is not shared with them for that."
    )
    assert why(people, "local", "Read", account(people, "of basic"))["Sentence"] == (
        "User local may read Account 'of basic': it is shared with the user."
    )
    assert why(people, "local", "Read", account(people, "of deep"))["Sentence"] == (
        "User local may read Account 'of deep': role Unit reaches the unit (North)."
    )
    assert why(people, "member", "Write", account(people, "of east"))["Sentence"] == (
        "User member may change Account 'of east': it is shared with team crew."
    )
    assert why(people, "local", "Write", account(people, "of local"))["Sentence"] == (
        "User local may change Account 'of local': it belongs to the user."
    )
    assert why(people, "member", "Write", account(people, "of crew"))["Sentence"] == (
        "User member may change Account 'of crew': it belongs to team crew."
    )
    assert why(people, "local", "Delete", None, "account")["Sentence"] == (
        "User local may not delete accounts: no role of theirs has prvDeleteAccount."
    )
    assert why(people, "nobody", "Read", None, "account")["Sentence"] == (
        "User nobody may not read accounts: the user holds no role."
    )


def test_what_a_row_above_hands_down_is_told_with_its_name(people: People) -> None:
    contact = next(people.session.rows("contact", "lastname eq 'Below'")).reference
    found = why(people, "local", "Read", contact)
    assert found["Sentence"] == (
        "User local may read Contact 'Below': Account 'of basic', to which it belongs, is shared with the user."
    )
    [share] = found["Shares"]
    assert (share["Principal"], share["Rights"], share["Mask"], share["Shared"], share["Through"]) == (
        "Local", "ReadAccess", 1, "Account 'of basic'", ["parentcustomerid"]
    )  # fmt: skip
    owner = why(people, "basic", "Write", contact)
    assert owner["IsAllowed"] is True
    assert owner["Sentence"].endswith("Account 'of basic', to which it belongs, is owned by the user.")


def test_each_grant_says_whether_it_reaches_the_row(people: People) -> None:
    grants = {
        (name, record): [(each["Privilege"], each["Role"], each["Team"], each["Depth"], each["Unit"], each["Reaches"])
                         for each in why(people, name, "Read", account(people, record))["Grants"]]
        for name, record in (("deep", "of east"), ("local", "of east"), ("member", "of crew"))
    }  # fmt: skip
    assert grants == {
        ("deep", "of east"): [("prvReadAccount", "Below", None, "Deep", "North", True)],
        ("local", "of east"): [("prvReadAccount", "Unit", None, "Local", "North", False)],
        ("member", "of crew"): [("prvReadAccount", "Own", "crew", "Basic", "North", True)],
    }


def test_the_smallest_roles_that_would_do_are_named_to_who_may_assign_them(people: People) -> None:
    found = why(people, "local", "Read", account(people, "of basic"))
    assert found["Cure"] == []
    cure = why(people, "local", "Read", account(people, "of east"))["Cure"]
    assert "Below" in cure
    assert "Own" not in cure
    assert cure[-1] == "System Administrator"
    theirs = people.session.as_user("local")
    assert theirs.execute(handsel.ExplainAccess("Delete", table="account"))["Cure"] is None


def test_one_asks_for_oneself_and_with_the_right_to_read_users_for_others(people: People) -> None:
    people.user("plain", "North", "Own")
    own = people.session.as_user("local").execute(handsel.ExplainAccess("Write", account(people, "of local")))
    assert (own["User"], own["IsAllowed"]) == ("local", True)
    of_other = handsel.ExplainAccess("Write", account(people, "of local"), principal=user(people, "deep"))
    assert people.session.as_user("local").execute(of_other)["User"] == "deep"
    with pytest.raises(PrivilegeDenied) as refused:
        people.session.as_user("nobody").execute(of_other)
    assert "prvReadUser" in refused.value.message


def test_a_row_that_one_may_not_see_is_not_explained(people: People) -> None:
    """Who asks about themselves learns nothing of a row that they may not see."""
    with pytest.raises(NotFound) as refused:
        people.session.as_user("local").execute(handsel.ExplainAccess("Read", account(people, "of east")))
    assert refused.value.code is Code.OBJECT_DOES_NOT_EXIST
    found = people.session.as_user("nobody").execute(handsel.ExplainAccess("Read", account(people, "of east")))
    assert (found["IsAllowed"], found["Missing"]) == (False, ["prvReadAccount"])
    assert "east" not in str(found)


def test_secured_columns_are_told(people: People) -> None:
    """One column that only administrators read; another one that members of a profile read, but do not change."""
    secured, profile = "hs_securedcolumn", "fieldsecurityprofile"
    for column in ("revenue", "telephone1"):
        values = {"entityname": "account", "attributelogicalname": column}
        people.session.execute(handsel.Create(secured, values))
    made = people.session.execute(handsel.Create(profile, {"name": "Phones"}))
    permission = {"fieldsecurityprofileid": made.reference, "entityname": "account", "canread": 4}
    people.session.execute(handsel.Create("fieldpermission", {**permission, "attributelogicalname": "telephone1"}))
    member = handsel.Associate("systemuser", people.users["local"], "systemuserprofiles_association", made.reference)
    people.session.execute(member)
    found = why(people, "local", "Read", account(people, "of local"))
    assert (found["IsAllowed"], found["HiddenColumns"], found["ReadOnlyColumns"]) == (
        True,
        ["revenue", "revenue_base"],
        ["telephone1"],
    )
    others = why(people, "deep", "Read", None, "account")
    assert (others["HiddenColumns"], others["ReadOnlyColumns"]) == (["revenue", "revenue_base", "telephone1"], [])
    own = people.session.execute(handsel.ExplainAccess("Read", table="account"))
    assert (own["HiddenColumns"], own["ReadOnlyColumns"]) == ([], [])


def test_a_disabled_user_may_nothing(people: People) -> None:
    people.session.execute(handsel.Update("systemuser", people.users["local"], {"isdisabled": True}))
    found = why(people, "local", "Read", account(people, "of local"))
    assert (found["IsAllowed"], found["Cure"]) == (False, [])
    assert found["Sentence"].endswith("the user is disabled.")


def test_who_may_read_a_row_is_what_each_of_them_finds(people: People) -> None:
    for record in [row.reference for row in people.session.rows("account")]:
        for right in ("Read", "Write"):
            listed = {
                each["User"]: each["Reason"]
                for each in people.session.execute(handsel.RetrieveAccessHolders(record, right))
            }
            expected = {name for name in people.users if why(people, name, right, record)["IsAllowed"]}
            assert listed.keys() == expected | {"admin"}
            assert listed["admin"] == "as System Administrator they may do everything"
    by_share = people.session.execute(handsel.RetrieveAccessHolders(account(people, "of east")))
    assert {
        "User": "member",
        "UserId": people.users["member"],
        "Unit": "South",
        "Reason": "it is shared with team crew",
    } in by_share


@pytest.mark.parametrize(
    ("asked", "table", "words"),
    [
        ("Fly", "account", "neither a right"),
        ("Read", None, "Read of what?"),
        ("Read", "acount", "acount"),
        ("GrantAccess", "quote", "It takes: Read and Share on the row, and each right that is handed out."),
    ],
)
def test_a_question_that_is_none_is_refused(session: Session, asked: str, table: str | None, words: str) -> None:
    with pytest.raises(HandselError) as refused:
        session.execute(handsel.ExplainAccess(asked, table=table))
    assert words in refused.value.message


def test_every_message_is_explained_or_says_what_it_takes(people: People) -> None:
    for name, who in product(message_names(), ("local", "nobody")):
        needs = message_type(name).needs
        assert needs is not None, name
        if needs.besides and not needs.listed() and right_named(name) is None:  # Create is a right, too
            with pytest.raises(HandselError, match=f"What {name} takes depends on what is sent") as refused:
                why(people, who, name, table="quote")
            assert refused.value.code is Code.INVALID_ARGUMENT
        else:
            assert why(people, who, name, table="quote")["Checks"], name


def test_privileges_of_no_table(people: People) -> None:
    assert why(people, "reader", "prvActOnBehalfOfAnotherUser")["Missing"] == ["prvActOnBehalfOfAnotherUser"]
    assert people.session.execute(handsel.ExplainAccess("prvActOnBehalfOfAnotherUser"))["IsAllowed"] is True


def test_a_message_is_the_list_of_what_it_takes(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = Needs(
        read=("account",),
        create=("contact",),
        write=("account",),
        append_to=("account",),
        further=(TablelessPrivilege.CUSTOMIZE,),
    )
    monkeypatch.setattr(handsel.AddMembersTeam, "needs", stated, raising=False)
    with people.session.entered():
        asked = about_message("AddMembersTeam", None, None)
    assert list(asked.needs) == [
        Need(Privilege.READ, "account"),
        Need(Privilege.CREATE, "contact"),
        Need(Privilege.WRITE, "account"),
        Need(Privilege.APPEND_TO, "account"),
        Need(TablelessPrivilege.CUSTOMIZE),
    ]
    found = why(people, "local", "AddMembersTeam", account(people, "of basic"))
    assert found["Missing"] == ["prvCreateAttribute"]
    rights = [(each["Right"], each["Table"]) for each in found["Checks"] if each["Kind"] == "ownership"]
    assert rights == [("Read", "account"), ("Write", "account"), ("AppendTo", "account")]
    assert found["Sentence"].startswith("User local may not send AddMembersTeam for Account 'of basic': no role of")
