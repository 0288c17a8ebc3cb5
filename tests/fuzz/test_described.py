"""Requests that schemathesis makes from a description: in its shape, and next to it."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.errors import Unsatisfiable

from tests.fuzz.rounds import ROUNDS
from tests.webapi.client import Api

TABLES = ("account", "opportunity", "quote", "quotedetail", "product", "pricelevel", "uom", "savedquery")
PATH = "/description.json"


class Described:
    """The application behind a token, and its description beside it."""

    def __init__(self, api: Api, description: Mapping[str, Any]) -> None:
        self._api = api
        self._text = json.dumps(description).encode()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PATH:
            start_response("200 OK", [("Content-Type", "application/json")])
            return [self._text]
        environ["HTTP_AUTHORIZATION"] = f"Bearer {self._api.token}"
        response: Iterable[bytes] = self._api.application(environ, start_response)
        return response


@pytest.mark.parametrize(
    ("company_url", "mode"), [("sqlite", "positive"), ("postgresql", "negative")], indirect=["company_url"]
)
def test_requests_from_the_description(api: Api, mode: str) -> None:
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    from tests.fuzz.description import description

    schema = schemathesis.openapi.from_wsgi(PATH, app=Described(api, description(TABLES)))
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            ROUNDS,
            max_examples=max(ROUNDS.max_examples // 20, 5),
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
        def ask(case: Any) -> None:
            assume("?" not in case.formatted_path)  # its own client takes no path with a question mark
            case.call_and_validate(checks=checks)

        with suppress(Unsatisfiable):  # what takes nothing cannot be given anything wrong
            ask()
