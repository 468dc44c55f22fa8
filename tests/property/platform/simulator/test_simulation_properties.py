"""Whatever the seed and however small the scale, every record is accounted for and money stays exact."""

from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_platform.topics import family_of
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.families.finance.budgets import ExpenditurePosted
from orgpulse_schemas.families.finance.donors import ContributionReceived
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.validation import validate


@settings(max_examples=12, deadline=None)
@given(st.integers(min_value=0, max_value=2**31), st.sampled_from([0.001, 0.005, 0.01, 0.03]))
def test_every_record_is_accounted_for_and_money_is_exact_at_every_scale(seed, scale):
    simulation = Simulation(seed, scale)
    rejected: dict[str, Counter] = {}
    kept: Counter[str] = Counter()
    seen: set[str] = set()
    revenue, expenses = Decimal(0), Decimal(0)
    for record in simulation.records():
        try:
            event = parse(record.value)
            payload = validate(event)
        except RejectedError as error:
            rejected.setdefault(family_of(record.topic), Counter())[error.first.reason] += 1
            continue
        if event.id not in seen:
            seen.add(event.id)
            kept[family_of(record.topic)] += 1
            revenue += payload.amount_usd if isinstance(payload, ContributionReceived) else 0
            expenses += payload.amount_usd if isinstance(payload, ExpenditurePosted) else 0

    scenario = load_scenario()
    assert rejected == simulation.expected.rejected
    assert kept == simulation.expected.kept
    assert revenue == sum(sum(types.values()) for types in scenario.revenue.values())
    assert expenses == sum(sum(sectors.values()) for sectors in scenario.expenses.values())
