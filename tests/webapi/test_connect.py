"""The first requests of clients: addresses, tokens, versions, headers (Web API 1 to 3)."""

import re
from uuid import UUID, uuid4

import pytest

import handsel
from handsel.site.wsgi import make_application
from tests.people import may_do_everything
from tests.webapi.client import ROOT, Api
from tests.webapi.conftest import make_token


def test_without_a_token_the_response_names_the_authority(one_api: Api) -> None:
    reply = one_api.get("WhoAmI", authorization="")
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"] == (
        "Bearer authorization_uri=http://sales.example/handsel/oauth2/authorize, resource_id=http://sales.example/"
    )
    assert reply.headers["OData-Version"] == "4.0"
    assert reply.code == "0x0"  # the table has none for 401 (Web API 11)
    assert "handsel token create" in reply.message


@pytest.mark.parametrize("given", ["Bearer nonsense", "Basic abc", "Bearer", "Bearer hs_ä"])
def test_an_unknown_token_is_refused(one_api: Api, given: str) -> None:
    assert one_api.get("WhoAmI", authorization=given).status == 401


def test_who_am_i_on_both_databases(api: Api) -> None:
    body = api.get("WhoAmI").json
    with handsel.open(api.database_url) as session:
        assert body["UserId"] == str(session.user.user_id)
        assert body["BusinessUnitId"] == str(session.user.business_unit_id)
    assert body["@odata.context"] == f"{ROOT}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"
    assert api.get("WhoAmI()").json == body


def test_the_service_document_lists_every_entity_set(one_api: Api) -> None:
    body = one_api.get("").json
    assert body["@odata.context"] == f"{ROOT}$metadata"
    assert {"name": "accounts", "kind": "EntitySet", "url": "accounts"} in body["value"]


@pytest.mark.parametrize("version", ["v8.0", "v8.1", "v8.2", "v9.0", "v9.1", "v9.2"])
def test_links_carry_the_version_the_caller_used(one_api: Api, version: str) -> None:
    reply = one_api("GET", "WhoAmI", below=f"/api/data/{version}/")
    assert reply.json["@odata.context"].startswith(f"http://sales.example/api/data/{version}/$metadata")
    made = one_api("POST", "accounts", {"name": "A"}, below=f"/api/data/{version}/")
    assert made.headers["OData-EntityId"].startswith(f"http://sales.example/api/data/{version}/accounts(")
    assert one_api("GET", "accounts?$select=name", below=f"/api/data/{version}/").rows[0]["name"] == "A"


@pytest.mark.parametrize("version", ["v7.0", "v8.3", "v9.3", "v10.0", "v9"])
def test_another_version_is_not_there(one_api: Api, version: str) -> None:
    assert one_api("GET", "WhoAmI", below=f"/api/data/{version}/").status == 404


def test_the_organization_tells_its_addresses(one_api: Api) -> None:
    path = "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'"
    detail = one_api.get(path).json["Detail"]
    assert detail["State"] == "Enabled"
    assert dict(zip(detail["Endpoints"]["Keys"], detail["Endpoints"]["Values"], strict=True)) == {
        "WebApplication": "http://sales.example/",
        "OrganizationDataService": "http://sales.example/api/data/",
    }
    assert re.fullmatch(r"9\.2\.\d+\.\d+", one_api.get("RetrieveVersion()").json["Version"])


def test_every_response_has_a_request_id(one_api: Api) -> None:
    mine = str(uuid4())
    reply = one_api.get("nothing", x_ms_client_request_id=mine)
    assert reply.status == 404
    assert reply.headers["x-ms-service-request-id"] == reply.headers["REQ_ID"]
    assert reply.headers["x-ms-client-request-id"] == mine


def test_forwarded_headers_count_from_trusted_proxies_only(one_api: Api) -> None:
    forwarded = {"x-forwarded-proto": "https", "x-forwarded-host": "crm.example:8443"}
    assert one_api("GET", "WhoAmI", headers=forwarded).json["@odata.context"].startswith("http://sales.example/")
    behind = Api(
        make_application(one_api.database_url, trusted_proxies="10.0.0.0/8"), one_api.token, one_api.database_url
    )
    trusted = behind("GET", "WhoAmI", headers=forwarded, remote="10.1.2.3")
    assert trusted.json["@odata.context"].startswith("https://crm.example:8443/api/data/v9.2/")
    stranger = behind("GET", "WhoAmI", headers=forwarded, remote="192.0.2.1")
    assert stranger.json["@odata.context"].startswith("http://sales.example/")


def test_a_revoked_token_opens_no_door(api: Api) -> None:
    with handsel.open(api.database_url) as session, session.entered():
        from handsel.site.identity import tokens

        (token,) = tokens.tokens()
        assert api.token not in (token.hash, token.name)
        tokens.revoke_token(token.token_id)
    assert api.get("WhoAmI").status == 401


def test_a_token_ends(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime, timedelta

    from handsel.site.identity import tokens

    with handsel.open(api.database_url) as session, session.entered():
        short = tokens.create_token(session.user.user_id, days=1)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=2)

    assert api.get("WhoAmI", authorization=f"Bearer {short}").status == 200
    monkeypatch.setattr(tokens, "datetime", Later)
    assert api.get("WhoAmI", authorization=f"Bearer {short}").status == 401
    assert api.get("WhoAmI").status == 200


def test_who_acts_for_another_is_recorded(api: Api) -> None:
    unit = api.get("WhoAmI").json["BusinessUnitId"]
    seller = api.made(
        "systemusers",
        {"domainname": "seller", "lastname": "Seller", "businessunitid@odata.bind": f"/businessunits({unit})"},
    )
    may_do_everything(api.database_url, seller)
    account = api.post("accounts?$select=name", {"name": "For me"}, MSCRMCallerID=seller).id
    row = api.get(f"accounts({account})").json
    assert row["_ownerid_value"] == row["_createdby_value"] == seller
    assert row["_createdonbehalfby_value"] == api.get("WhoAmI").json["UserId"]
    assert api.get("WhoAmI", MSCRMCallerID=str(uuid4())).status == 403
    assert api.get("WhoAmI", CallerObjectId="nobody").status == 400


def test_a_user_by_the_id_of_the_directory(api: Api) -> None:
    """No message can write the column, so the rows are changed by SQL."""
    unit, object_id = api.get("WhoAmI").json["BusinessUnitId"], uuid4()
    bind = {"businessunitid@odata.bind": f"/businessunits({unit})"}
    one, other = (api.made("systemusers", {"domainname": name, "lastname": name, **bind}) for name in ("one", "other"))

    def known_as(user: str, id: UUID) -> None:
        with handsel.open(api.database_url) as session, session.entered():
            from handsel.database.statements import key_value, mark, run

            sql = f"UPDATE systemuser SET azureactivedirectoryobjectid = {mark()} WHERE systemuserid = {mark()}"
            run(sql, (key_value(id), key_value(UUID(user))))

    assert api.get("WhoAmI", CallerObjectId=one).json["UserId"] == one
    known_as(one, object_id)
    assert api.get("WhoAmI", CallerObjectId=f"{{{object_id}}}").json["UserId"] == one
    assert api.get("WhoAmI", MSCRMCallerID=str(object_id)).status == 403
    known_as(one, UUID(other))
    assert api.get("WhoAmI", CallerObjectId=other).json["UserId"] == one
    assert api.get("WhoAmI", MSCRMCallerID=other).json["UserId"] == other
    api.patch(f"systemusers({one})", {"isdisabled": True})
    assert api.get("WhoAmI", CallerObjectId=other).status == 403
    api.patch(f"systemusers({one})", {"isdisabled": False})
    known_as(other, UUID(other))
    assert api.get("WhoAmI", CallerObjectId=other).status == 403


def test_acting_for_another_needs_the_privilege(one_api: Api) -> None:
    me = one_api.get("WhoAmI").json["UserId"]
    one_api.made("systemusers", {"domainname": "bob", "lastname": "Bob"})
    bob = Api(one_api.application, make_token(one_api.database_url, "bob"), one_api.database_url)
    for header in ("MSCRMCallerID", "CallerObjectId"):
        reply = bob.get("WhoAmI", **{header: me})
        assert reply.status == 403
        assert "prvActOnBehalfOfAnotherUser" in reply.message


def test_health_and_readiness_need_no_token(one_api: Api) -> None:
    assert one_api("GET", "", headers={"authorization": ""}, below="/health").body == b"ok"
    assert one_api("GET", "", headers={"authorization": ""}, below="/ready").body == b"ready"


def test_tokens_of_several_users_are_told_apart(one_api: Api) -> None:
    assert make_token(one_api.database_url) != one_api.token


def test_outside_of_the_api_it_is_said_where_it_is(one_api: Api) -> None:
    for path, named in (("/", "Nothing is here"), ("/nonsense", "'nonsense'")):
        reply = one_api("GET", path, below="")
        assert (reply.status, reply.code) == (404, "0x8006088a")
        assert named in reply.message
        assert "/api/data/v9.2/" in reply.message
