"""Every worked case of tests/data/pricing_vectors.json holds."""

import pytest

from tests.pricing_vectors import PricingVector, differences, read_vectors


@pytest.mark.parametrize("vector", read_vectors(), ids=lambda vector: vector.id)
def test_vector(vector: PricingVector) -> None:
    assert differences(vector) == [], vector.title


def test_no_two_vectors_share_an_id() -> None:
    ids = [vector.id for vector in read_vectors()]
    assert len(ids) == len(set(ids))
