"""Every refusal as clients see it: status, code, headers, and a sentence that a stranger understands."""

import pytest

pytest.register_assert_rewrite("tests.contract.cases")
