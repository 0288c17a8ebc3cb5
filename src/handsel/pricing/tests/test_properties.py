"""Properties that hold for every document."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handsel.money.exchange import to_base
from handsel.money.rounding import exact_arithmetic
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.options import RoundingOption, RoundingPolicy
from handsel.pricing.request import DocumentRequest
from handsel.pricing.result import PartsDoNotAddUp
from handsel.pricing.rounding_policy import ending_period, follow_rounding_policy
from handsel.pricing.tests.strategies import coins_of, documents, exactly, in_coins, numbers
from handsel.pricing.trace import Trace


@exactly
@given(documents())
def test_parts_add_up(request: DocumentRequest) -> None:
    priced = price_document(request)
    totals = priced.totals
    assert (
        sum(line.amounts.extended_amount for line in priced.lines) == totals.total_line_item_amount + totals.total_tax
    )
    assert totals.total_amount == (
        totals.total_line_item_amount
        + totals.total_line_item_discount_amount
        - totals.total_discount_amount
        + totals.freight_amount
        + totals.total_tax
    )


@exactly
@given(documents())
def test_evaluation_in_whole_coins_agrees(request: DocumentRequest) -> None:
    priced = price_document(request)
    places = request.settings.currency.precision
    lines, totals = in_coins(request)
    assert [line.error_code for line in priced.lines] == [PricingErrorCode.NONE] * len(lines)
    assert [coins_of(line.amounts.extended_amount, places) for line in priced.lines] == lines
    found = priced.totals
    assert [
        coins_of(amount, places)
        for amount in (
            found.total_line_item_amount,
            found.total_line_item_discount_amount,
            found.total_discount_amount,
            found.total_amount_less_freight,
            found.total_tax,
            found.total_amount,
        )
    ] == totals


@exactly
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter_to_totals(request: DocumentRequest, random: Random) -> None:
    shuffled = list(request.lines)
    random.shuffle(shuffled)
    assert price_document(replace(request, lines=tuple(shuffled))).totals == price_document(request).totals


@exactly
@given(documents())
def test_amounts_have_exactly_the_decimals_of_their_currency(request: DocumentRequest) -> None:
    priced, settings = price_document(request), request.settings
    for line in priced.lines:
        assert line.amounts.price_per_unit.as_tuple().exponent == -settings.price_precision
        assert line.amounts.extended_amount.as_tuple().exponent == -settings.currency.precision
        assert line.base.extended_amount.as_tuple().exponent == -settings.base_precision
    assert priced.totals.total_amount.as_tuple().exponent == -settings.currency.precision


@exactly
@given(documents())
def test_every_base_amount_is_its_own_amount_converted(request: DocumentRequest) -> None:
    priced, settings = price_document(request), request.settings
    rate, places = settings.currency.exchange_rate, settings.base_precision
    assert priced.base.total_amount == to_base(priced.totals.total_amount, rate, places)
    for line in priced.lines:
        assert line.base.extended_amount == to_base(line.amounts.extended_amount, rate, places)


@exactly
@given(documents())
def test_a_trace_changes_nothing_and_ends_in_the_amounts(request: DocumentRequest) -> None:
    trace = Trace()
    traced = price_document(request, trace)
    assert traced == price_document(request)
    results = {(step.line_key, step.column): step.result for step in trace.steps}
    assert results[None, "totalamount"] == traced.totals.total_amount
    for line in traced.lines:
        assert results[line.key, "extendedamount"] == line.amounts.extended_amount


@exactly
@given(documents().filter(lambda request: bool(request.lines)))
def test_an_amount_tampered_with_is_noticed(request: DocumentRequest) -> None:
    priced = price_document(request)
    coin = Decimal(1).scaleb(-4)
    with pytest.raises(PartsDoNotAddUp):
        replace(priced, totals=replace(priced.totals, total_amount=priced.totals.total_amount + coin))
    line = priced.lines[0]
    assume(not line.error_code)  # the amounts of a line in error are its last ones
    with pytest.raises(PartsDoNotAddUp):
        replace(line, amounts=replace(line.amounts, extended_amount=line.amounts.extended_amount + coin))


@exactly
@given(
    numbers(0, 100000, 6),
    st.sampled_from([RoundingPolicy.UP, RoundingPolicy.DOWN, RoundingPolicy.NEAREST]),
    st.sampled_from(RoundingOption),
    numbers(0, 150, 2).filter(bool),
)
def test_a_rounding_policy_picks_a_candidate_on_the_right_side(
    price: Decimal, policy: RoundingPolicy, option: RoundingOption, amount: Decimal
) -> None:
    is_ending = option is RoundingOption.ENDS_IN
    period, ending = (ending_period(amount), amount) if is_ending else (amount, Decimal(0))
    with exact_arithmetic():
        chosen = follow_rounding_policy(price, policy, option, amount)
        assert chosen == 0 or (chosen - ending) % period == 0
        if policy is RoundingPolicy.UP:
            assert price <= chosen < price + period
        elif policy is RoundingPolicy.DOWN:
            assert price - period < chosen <= price
        else:
            assert chosen == 0 or 2 * abs(chosen - price) <= period
        if chosen:
            assert follow_rounding_policy(chosen, policy, option, amount) == chosen
