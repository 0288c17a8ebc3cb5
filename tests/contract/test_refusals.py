"""Bad input in every part of a request: the documented status and code, a sentence, and nothing written."""

import pytest

from tests.contract.areas import AREAS
from tests.contract.cases import check
from tests.contract.commit_watcher import CommitWatcher
from tests.contract.documented import NOT_HERE, TABLE
from tests.webapi.client import Api


@pytest.mark.parametrize("area", AREAS)
def test_refusals(api: Api, watcher: CommitWatcher, area: str) -> None:
    check(api, watcher, area, AREAS[area])


def test_every_refusal_is_a_documented_one() -> None:
    asked = {(case.part or case.status, case.code) for cases in AREAS.values() for case in cases}
    assert asked <= TABLE, sorted(asked - TABLE)


def test_every_documented_refusal_is_asked_for() -> None:
    asked = {(case.part or case.status, case.code) for cases in AREAS.values() for case in cases}
    missing = TABLE - asked - set(NOT_HERE)
    assert not missing, sorted(missing)
    assert not set(NOT_HERE) & asked, "it can be raised after all: take it out of NOT_HERE"
