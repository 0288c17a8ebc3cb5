"""Tokens of another issuer: which are valid, their user, and the errors for invalid ones."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import handsel
from handsel.database.statements import counted_statements
from handsel.site.configuration import Configuration
from handsel.site.identity.external import LEEWAY
from handsel.site.identity.issuers import Issuer
from tests.identity.issuer import KINDS, LocalIssuer, local_issuer
from tests.people import make_administrator
from tests.webapi.client import Api, Reply
from tests.webapi.conftest import make_token

CUSTOM = "http://sales.example"
NOT_A_MEMBER = "0x80072560"
OID = "6b1c2a9e-7d1f-4b54-9e1d-3f0e5a1c2b3d"


@dataclass
class World:
    """A server that accepts one issuer, and a database in which Anna is a user."""

    issuer: LocalIssuer
    url: str
    anna: str

    def api(self, **entry: Any) -> Api:
        from handsel.site.wsgi import make_application

        configured = Issuer(**{"issuer": self.issuer.address, "audience": "https://sales.example", **entry})
        return Api(make_application(self.url, configuration=Configuration(issuers=(configured,))), "", self.url)


def who_am_i(api: Api, token: str) -> Reply:
    return api.get("WhoAmI", authorization=f"Bearer {token}")


def refused(api: Api, token: str) -> str:
    """The sentence of a 401."""
    reply = who_am_i(api, token)
    assert reply.status == 401, reply.body
    assert reply.headers["WWW-Authenticate"].startswith("Bearer authorization_uri=")
    assert token not in reply.message
    return reply.message


def make_user(url: str, name: str, **values: Any) -> str:
    with handsel.open(url) as session:
        return str(make_administrator(session, name, **values))


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalIssuer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with local_issuer() as found:
        yield found


@pytest.fixture
def world(sqlite_url: str, issuer: LocalIssuer) -> World:
    """On SQLite alone, for what does not depend on the database."""
    return World(issuer, sqlite_url, make_user(sqlite_url, "Anna@contoso.com"))


@pytest.fixture
def each_world(database_url: str, issuer: LocalIssuer) -> World:
    """Once on each kind of database."""
    return World(issuer, database_url, make_user(database_url, "Anna@contoso.com"))


# Good tokens


def test_a_good_token_is_its_user_at_the_price_of_one_statement(each_world: World) -> None:
    api, token = each_world.api(), each_world.issuer.token()
    assert who_am_i(api, token).json["UserId"] == each_world.anna
    assert each_world.issuer.fetched == ["/.well-known/openid-configuration", "/keys"]
    with counted_statements() as statements:
        api.application.service.surfaces["/"].authentication.actor_of(token)
    assert len(statements) == 1
    assert len(each_world.issuer.fetched) == 2


@pytest.mark.parametrize("algorithm", KINDS)
def test_every_kind_of_key(world: World, algorithm: str) -> None:
    world.issuer.rotate(algorithm)
    assert who_am_i(world.api(), world.issuer.token()).json["UserId"] == world.anna


def test_one_of_several_audiences(world: World) -> None:
    api = world.api(audience=("api://handsel", "https://sales.example"))
    assert who_am_i(api, world.issuer.token(aud=["api://other", "api://handsel"])).status == 200


def test_keys_at_an_address_of_their_own(world: World) -> None:
    assert who_am_i(world.api(jwks_uri=f"{world.issuer.address}/keys"), world.issuer.token()).status == 200
    assert world.issuer.fetched == ["/keys"]


def test_clocks_may_differ_a_little(world: World) -> None:
    now = int(time.time())
    assert who_am_i(world.api(), world.issuer.token(exp=now - LEEWAY // 2, nbf=now + LEEWAY // 2)).status == 200


def test_a_token_without_a_kid_where_there_is_one_key_of_its_kind(world: World) -> None:
    api = world.api()
    other = KINDS["RS256"]()
    world.issuer.publish(world.issuer.key.as_dict(private=False), other.as_dict(private=False))
    assert who_am_i(api, world.issuer.token(header={"kid": None})).status == 200


def test_own_tokens_go_on(world: World) -> None:
    assert who_am_i(world.api(), make_token(world.url)).status == 200
    assert world.issuer.fetched == []


# Its user


@pytest.mark.parametrize(
    ("claim", "entry", "values"),
    [
        ("upn", {}, {}),
        ("email", {}, {"internalemailaddress": "ANNA@contoso.com"}),
        ("azp", {}, {"applicationid": OID}),
        ("appid", {}, {"applicationid": OID}),
        ("sub", {"user_column": "applicationid"}, {"applicationid": OID}),
    ],
)
def test_claims_and_columns(
    database_url: str, issuer: LocalIssuer, claim: str, entry: dict[str, Any], values: dict[str, str]
) -> None:
    world = World(issuer, database_url, make_user(database_url, "anna@contoso.com", **values))
    value = OID.upper() if "applicationid" in values else "anna@contoso.com"
    token = issuer.token(preferred_username=None, **{claim: value})
    assert who_am_i(world.api(user_claim=claim, **entry), token).json["UserId"] == world.anna


def test_an_object_id(each_world: World) -> None:
    """No message can write the column, so the row is changed by SQL."""
    with handsel.open(each_world.url) as session, session.entered():
        from uuid import UUID

        from handsel.database.statements import key_value, mark, run

        run(
            f"UPDATE systemuser SET azureactivedirectoryobjectid = {mark()} WHERE systemuserid = {mark()}",
            (key_value(UUID(OID)), key_value(UUID(each_world.anna))),
        )
    api = each_world.api(user_claim="oid")
    assert who_am_i(api, each_world.issuer.token(oid=OID)).json["UserId"] == each_world.anna
    assert who_am_i(api, each_world.issuer.token(oid="no id")).code == NOT_A_MEMBER


def test_names_are_compared_without_case(each_world: World) -> None:
    name = make_user(each_world.url, "ärger@contoso.com")
    token = each_world.issuer.token(preferred_username="ÄRGER@Contoso.com")
    assert who_am_i(each_world.api(), token).json["UserId"] == name


@pytest.mark.parametrize("name", ["AD\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}N", "\N{KELVIN SIGN}elvin"])
def test_letters_that_only_look_alike(each_world: World, name: str) -> None:
    """A user who may choose a name at the issuer must not become another user by it."""
    for each in ("adin", "kelvin"):
        make_user(each_world.url, each)
    assert who_am_i(each_world.api(), each_world.issuer.token(preferred_username=name)).code == NOT_A_MEMBER


def test_a_person_is_not_the_program(world: World) -> None:
    make_user(world.url, "erp", applicationid=OID)
    api = world.api(user_claim="appid")
    assert "a person's" in refused(api, world.issuer.token(appid=OID, scp="user_impersonation"))
    assert who_am_i(api, world.issuer.token(appid=OID)).status == 200


def test_bad_tokens_of_an_issuer_count_as_bad_tokens(world: World) -> None:
    from handsel.http.limits import Allowance
    from handsel.site.wsgi import make_application

    issuers = (Issuer(issuer=world.issuer.address, audience="https://sales.example"),)
    configuration = Configuration(issuers=issuers, limits=Allowance(bad_tokens=2))
    api = Api(make_application(world.url, configuration=configuration), "", world.url)
    assert [who_am_i(api, world.issuer.token(exp=1)).status for _ in range(3)] == [401, 401, 429]


def test_single_users_by_the_configuration(world: World) -> None:
    api = world.api(user_claim="sub", users={"anna-1": "anna@contoso.com"})
    assert who_am_i(api, world.issuer.token(sub="anna-1")).json["UserId"] == world.anna
    assert who_am_i(api, world.issuer.token(sub="anna@contoso.com")).code == NOT_A_MEMBER


def test_an_unknown_user(each_world: World) -> None:
    reply = who_am_i(each_world.api(), each_world.issuer.token(preferred_username="eve@contoso.com"))
    assert (reply.status, reply.code) == (403, NOT_A_MEMBER)
    assert "preferred_username is 'eve@contoso.com'" in reply.message


def test_a_disabled_user(each_world: World) -> None:
    with handsel.open(each_world.url) as session:
        session.execute(handsel.Update("systemuser", each_world.anna, {"isdisabled": True}))
    reply = who_am_i(each_world.api(), each_world.issuer.token())
    assert (reply.status, reply.code) == (403, NOT_A_MEMBER)
    assert "disabled" in reply.message


def test_two_users_with_one_address(world: World) -> None:
    for name in ("one", "two"):
        make_user(world.url, name, internalemailaddress="both@contoso.com")
    reply = who_am_i(world.api(user_claim="email"), world.issuer.token(email="both@contoso.com"))
    assert (reply.status, reply.code) == (403, NOT_A_MEMBER)
    assert "more than one" in reply.message


@pytest.mark.parametrize("value", [None, 7, "", "a\x00b", ["anna@contoso.com"]])
def test_no_user_in_the_token(world: World, value: Any) -> None:
    assert "preferred_username" in refused(world.api(), world.issuer.token(preferred_username=value))


def test_an_address_that_nobody_verified(world: World) -> None:
    make_user(world.url, "one", internalemailaddress="one@contoso.com")
    api = world.api(user_claim="email")
    for said in (False, "false", 0):
        assert "did not verify" in refused(api, world.issuer.token(email="one@contoso.com", email_verified=said))
    for said in (True, "true"):
        assert who_am_i(api, world.issuer.token(email="one@contoso.com", email_verified=said)).status == 200


# Bad tokens


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"exp": 1_000_000_000}, "has expired"),
        ({"exp": None}, "lacks the claim exp"),
        ({"exp": "soon"}, "claim exp"),
        ({"nbf": 4_000_000_000}, "not valid yet"),
        ({"aud": "https://other.example"}, "is for another audience. This server is https://sales.example"),
        ({"aud": None}, "lacks the claim aud"),
        ({"aud": []}, "another audience"),
        ({"iss": "https://evil.example"}, "https://evil.example, an issuer that this server does not accept"),
        ({"iss": None}, "no JWT that names its issuer"),
        ({"iss": ["a"]}, "no JWT that names its issuer"),
    ],
)
def test_claims_that_do_not_fit(world: World, claims: dict[str, Any], words: str) -> None:
    assert words in refused(world.api(), world.issuer.token(**claims))


def test_an_unsigned_token(world: World) -> None:
    assert "signed by none" in refused(world.api(), world.issuer.forged("none", b""))


def test_the_public_key_as_a_shared_secret(world: World) -> None:
    world.issuer.rotate("RS256")
    assert "signed by HS256" in refused(
        world.api(), world.issuer.forged("HS256", world.issuer.key.as_pem(private=False))
    )


def test_a_shared_secret_that_the_issuer_publishes_is_no_key(world: World) -> None:
    world.issuer.publish({"kty": "oct", "k": "c2VjcmV0", "kid": world.issuer.key.kid})
    reply = who_am_i(world.api(), world.issuer.token())
    assert reply.status == 503
    assert "no key for signatures" in reply.message


def test_changed_claims(world: World) -> None:
    api = world.api()
    head, _, signature = world.issuer.token().split(".")
    _, payload, _ = world.issuer.token(preferred_username="admin").split(".")
    assert "signature that does not fit" in refused(api, f"{head}.{payload}.{signature}")


def test_a_key_of_another_kind_under_the_same_id(world: World) -> None:
    api, token = world.api(), world.issuer.token()
    world.issuer.publish(KINDS["RS256"]().as_dict(private=False) | {"kid": world.issuer.key.kid})
    assert "does not publish" in refused(api, token)


@pytest.mark.parametrize("token", ["ey.ey.ey", "eyJ.e30.", "ey" + "é" + ".e30.x", "eyJhbGciOiJFUzI1NiJ9.W10.x"])
def test_what_is_no_token(world: World, token: str) -> None:
    assert "cannot be read" in refused(world.api(), token.encode().decode("latin-1"))


def test_a_nest_of_brackets(world: World) -> None:
    import base64

    payload = base64.urlsafe_b64encode(b'{"a":' + b"[" * 20_000).decode().rstrip("=")
    assert "cannot be read" in refused(world.api(), f"eyJhbGciOiJFUzI1NiJ9.{payload}.x")


def test_without_issuers_a_signed_token_is_simply_unknown(world: World) -> None:
    from handsel.site.wsgi import make_application

    assert "unknown or expired" in refused(Api(make_application(world.url), "", world.url), world.issuer.token())


def test_tokens_are_not_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api = world.api()
    tokens = [world.issuer.token(), world.issuer.token(exp=1), world.issuer.token(header={"kid": "x"})]
    assert [who_am_i(api, token).status for token in tokens] == [200, 401, 401]
    assert not any(token in caplog.text for token in tokens)


# An issuer that does not answer as it should


def closed(issuer: LocalIssuer) -> None:
    issuer.documents.clear()


def redirecting(issuer: LocalIssuer) -> None:
    issuer.documents["/keys"] = f"{issuer.address}/elsewhere"


def of_another_name(issuer: LocalIssuer) -> None:
    issuer.documents["/.well-known/openid-configuration"]["issuer"] = "https://evil.example"


def with_keys_in_the_clear(issuer: LocalIssuer) -> None:
    issuer.documents["/.well-known/openid-configuration"]["jwks_uri"] = "http://keys.example/"


def of_no_json(issuer: LocalIssuer) -> None:
    issuer.documents["/keys"] = b"<html>"


def of_no_object(issuer: LocalIssuer) -> None:
    issuer.documents["/keys"] = []


def too_long(issuer: LocalIssuer) -> None:
    issuer.documents["/keys"] = b" " * 1024 * 1024 + b"{}"


@pytest.mark.parametrize(
    "fault",
    [closed, redirecting, of_another_name, with_keys_in_the_clear, of_no_json, of_no_object, too_long],
    ids=lambda fault: fault.__name__,
)
def test_a_faulty_issuer_is_asked_once_and_its_token_neither_good_nor_bad(
    world: World, fault: Callable[[LocalIssuer], None]
) -> None:
    api, token = world.api(), world.issuer.token()
    fault(world.issuer)
    reply = who_am_i(api, token)
    assert reply.status == 503
    assert f"The keys of the issuer {world.issuer.address} cannot be fetched" in reply.message
    asked = list(world.issuer.fetched)
    assert who_am_i(api, token).status == 503
    assert world.issuer.fetched == asked
    assert who_am_i(api, make_token(world.url)).status == 200


def test_an_issuer_that_is_down(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with local_issuer() as issuer:
        token = issuer.token()
    reply = who_am_i(World(issuer, sqlite_url, "").api(), token)
    assert reply.status == 503
    assert "Connection refused" in reply.message


def test_a_challenge_names_where_people_sign_in(sqlite_url: str) -> None:
    from handsel.site.wsgi import make_application

    first, second = (
        Issuer(issuer=f"https://{name}.example", audience="x", authorization_uri=uri)
        for name, uri in (("a", ""), ("b", "https://b.example/t/oauth2/authorize"))
    )
    for issuers, named in (
        ((first, second), second.authorization_uri),
        ((first,), f"{CUSTOM}/handsel/oauth2/authorize"),
    ):
        application = make_application(sqlite_url, configuration=Configuration(issuers=issuers))
        challenge = Api(application, "", sqlite_url).get("WhoAmI").headers["WWW-Authenticate"]
        assert challenge == f"Bearer authorization_uri={named}, resource_id={CUSTOM}/"


@pytest.mark.parametrize("uri", ["http://b.example/authorize", "https://b.example/a b", "https://b.example/a,b=c"])
def test_no_other_address_stands_in_a_challenge(uri: str) -> None:
    with pytest.raises(ValueError, match=r"b\.example"):
        Issuer(issuer="https://b.example", audience="x", authorization_uri=uri)
