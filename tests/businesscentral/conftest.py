"""One stand-in for all tests of this folder; each begins with a company that has a customer and an item."""

from collections.abc import Iterator

import pytest
import requests

from handsel.testing import businesscentral
from handsel.testing.businesscentral import BusinessCentral

SCOPE = "https://api.businesscentral.dynamics.com/.default"


def connect(bc: BusinessCentral) -> requests.Session:
    """A client with a token."""
    session = requests.Session()
    session.trust_env = False
    form = {"grant_type": "client_credentials", "client_id": bc.client_id, "client_secret": bc.client_secret}
    answer = session.post(bc.token_url, data={**form, "scope": SCOPE}, timeout=30)
    assert answer.status_code == 200, answer.text
    session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return session


@pytest.fixture(scope="package")
def running() -> Iterator[BusinessCentral]:
    with businesscentral.serve() as bc:
        yield bc


@pytest.fixture
def bc(running: BusinessCentral) -> BusinessCentral:
    running.reset()
    running.add_customer(number="C1", display_name="Sample customer")
    running.add_item(number="I1", display_name="Sample item", unit_price=10, inventory=100, units={"BOX": 12})
    return running


@pytest.fixture
def client(bc: BusinessCentral) -> Iterator[requests.Session]:
    with connect(bc) as session:
        yield session
