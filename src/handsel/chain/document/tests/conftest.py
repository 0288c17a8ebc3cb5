import pytest

from handsel import Session
from tests.scenarios.company import Company


@pytest.fixture
def company(session: Session) -> Company:
    return Company(session)
