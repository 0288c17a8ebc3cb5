"""Files of notes: what follows from them, and which are refused (tables 12)."""

import base64
from typing import Any

import pytest

import handsel
from tests.webapi.client import Api

SELECT = "$select=isdocument,filesize,mimetype,filename"
TEXT = base64.b64encode(b"Hello, world").decode()


def about(api: Api, note: str) -> dict[str, Any]:
    row = api.get(f"annotations({note})?{SELECT}").json
    return {name: row[name] for name in ("isdocument", "filesize", "mimetype", "filename")}


def limit(api: Api, size: int) -> None:
    organization = api.get("WhoAmI").json["OrganizationId"]
    assert api.patch(f"organizations({organization})", {"maxuploadfilesize": size}).status == 204


@pytest.mark.parametrize(
    ("given", "size", "kind"),
    [
        ({"documentbody": TEXT, "filename": "a.txt"}, 12, "text/plain"),
        ({"documentbody": TEXT, "filename": "a.PDF"}, 12, "application/pdf"),
        ({"documentbody": TEXT, "filename": "a.pdf", "mimetype": "image/png"}, 12, "image/png"),
        ({"documentbody": TEXT, "filename": "a.nonsense"}, 12, "application/octet-stream"),
        (
            {"documentbody": TEXT, "filename": "offer.docx"},
            12,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ({"documentbody": TEXT}, 12, "application/octet-stream"),
        ({"documentbody": f"{TEXT[:5]}\r\n{TEXT[5:]}\n"}, 12, "application/octet-stream"),
        ({"documentbody": TEXT, "isdocument": False, "filename": "a.txt"}, 12, "text/plain"),
        ({"documentbody": "QQ==", "filename": "a.txt"}, 1, "text/plain"),
    ],
)
def test_what_follows_from_a_file(api: Api, given: dict[str, Any], size: int, kind: str) -> None:
    note = api.made("annotations", {"subject": "N", **given})
    found = about(api, note)
    assert (found["isdocument"], found["filesize"], found["mimetype"]) == (True, size, kind)


def test_a_note_without_a_file_is_no_document(api: Api) -> None:
    note = api.made("annotations", {"subject": "N", "notetext": "T", "isdocument": True, "mimetype": "text/plain"})
    assert about(api, note) == {"isdocument": False, "filesize": 0, "mimetype": None, "filename": None}


def test_a_file_comes_changes_and_goes(api: Api) -> None:
    note = api.made("annotations", {"subject": "N"})
    assert api.patch(f"annotations({note})", {"documentbody": TEXT, "filename": "a.txt"}).status == 204
    assert about(api, note) == {"isdocument": True, "filesize": 12, "mimetype": "text/plain", "filename": "a.txt"}
    assert api.patch(f"annotations({note})", {"filename": "a.png"}).status == 204
    assert about(api, note)["mimetype"] == "image/png"
    assert api.patch(f"annotations({note})", {"subject": "M"}).status == 204
    assert about(api, note)["filesize"] == 12
    assert api("PUT", f"annotations({note})/documentbody", {"value": "QUI="}).status == 204
    assert about(api, note)["filesize"] == 2
    assert api.delete(f"annotations({note})/documentbody").status == 204
    assert about(api, note) == {"isdocument": False, "filesize": 0, "mimetype": None, "filename": "a.png"}


@pytest.mark.parametrize("body", ["", " ", " \r\n"])
def test_a_file_of_nothing_is_no_file(api: Api, body: str) -> None:
    note = api.made("annotations", {"subject": "N", "documentbody": body, "filename": "a.txt"})
    assert about(api, note) == {"isdocument": False, "filesize": 0, "mimetype": None, "filename": "a.txt"}
    assert api.patch(f"annotations({note})", {"documentbody": TEXT}).status == 204
    assert api.patch(f"annotations({note})", {"documentbody": body}).status == 204
    assert about(api, note)["isdocument"] is False


@pytest.mark.parametrize("body", ["Hello, world", "QQ", "QQ=", "Q===", "data:text/plain;base64,QQ==", "QQ==QQ==", "ä"])
def test_what_is_no_base64(api: Api, body: str) -> None:
    refused = api.post("annotations", {"subject": "N", "documentbody": body})
    assert (refused.status, refused.code) == (400, "0x80048d19")
    assert "no base64" in refused.message
    note = api.made("annotations", {"subject": "N", "documentbody": TEXT})
    refused = api.patch(f"annotations({note})", {"documentbody": body})
    assert (refused.status, refused.code) == (400, "0x80048d19")
    assert about(api, note)["filesize"] == 12


def test_a_file_may_have_as_many_bytes_as_the_organization_says(api: Api) -> None:
    """`TEXT` is 16 characters of base64."""
    limit(api, 15)
    refused = api.post("annotations", {"subject": "N", "documentbody": TEXT})
    assert (refused.status, refused.code) == (400, "0x80044a02")
    assert "15 bytes" in refused.message
    assert "maxuploadfilesize" in refused.message
    limit(api, 16)
    note = api.made("annotations", {"subject": "N", "documentbody": TEXT})
    larger = base64.b64encode(b"Hello, world!").decode()
    assert api.patch(f"annotations({note})", {"documentbody": larger}).code == "0x80044a02"
    assert about(api, note)["filesize"] == 12


def test_five_megabytes_unless_told(one_api: Api) -> None:
    assert one_api.get("organizations?$select=maxuploadfilesize").rows[0]["maxuploadfilesize"] == 5_242_880
    most = base64.b64encode(b"x" * 3_932_160).decode()
    assert one_api.post("annotations", {"subject": "N", "documentbody": most}).status == 204
    assert one_api.post("annotations", {"subject": "N", "documentbody": most + "QUJD"}).code == "0x80044a02"


def test_a_note_in_a_deep_insert_and_from_python(api: Api) -> None:
    account = api.made("accounts", {"name": "A", "Account_Annotation": [{"subject": "N", "documentbody": TEXT}]})
    [row] = api.get(f"accounts({account})/Account_Annotation?{SELECT}").rows
    assert row["filesize"] == 12
    with handsel.open(api.database_url) as session:
        with pytest.raises(handsel.errors.InvalidValue, match="no base64"):
            session.execute(handsel.Create("annotation", {"subject": "N", "documentbody": "?"}))
        made = session.execute(handsel.Create("annotation", {"subject": "N", "documentbody": TEXT}))
        assert (made["filesize"], made["isdocument"]) == (12, True)
