"""A lead is open, qualified by its own message, disqualified by update, and can be reopened."""

from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company


@pytest.fixture
def lead(company: Company) -> UUID:
    return company.create("lead", subject="Lamps for the hall", firstname="Eve", lastname="Ott")


def move(lead: UUID, statecode: int, **values: int) -> handsel.Update:
    return handsel.Update("lead", lead, {"statecode": statecode, **values})


def test_a_lead_is_disqualified_and_comes_back(company: Company, lead: UUID) -> None:
    assert company.state("lead", lead) == (0, 1)
    company.do(move(lead, 2))
    assert company.state("lead", lead) == (2, 4)
    company.update("lead", lead, description="Still of interest")
    company.do(move(lead, 0, statuscode=2))
    assert company.state("lead", lead) == (0, 2)
    company.do(move(lead, 2, statuscode=7))
    assert company.state("lead", lead) == (2, 7)


def test_a_lead_is_qualified_by_its_own_message_only(company: Company, lead: UUID) -> None:
    company.refuses(move(lead, 1), Code.INVALID_STATE, "Eve Ott", "QualifyLead")
    company.do(move(lead, 2))
    company.refuses(move(lead, 1), Code.INVALID_STATE, "disqualified", "open")


def test_a_status_belongs_to_its_state(company: Company, lead: UUID) -> None:
    company.refuses(move(lead, 2, statuscode=3), Code.STATUS_NOT_VALID_FOR_STATE, "3")


def test_a_closed_lead_may_be_deleted(company: Company, lead: UUID) -> None:
    company.do(move(lead, 2))
    company.delete("lead", lead)
