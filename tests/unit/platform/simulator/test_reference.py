"""The world around the organisation: global goals and rates of exchange."""

from collections import defaultdict

from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_schemas.codes.sdg import SDG_TARGETS
from orgpulse_schemas.families.reference.goals import GcmObjectiveRegistered, SdgTargetRegistered
from orgpulse_schemas.families.reference.world import ExchangeRatePublished, MemberStateRegistered


def test_all_169_targets_and_23_objectives_are_registered_once(full):
    targets = [target.sdg_target for target in full.payloads(SdgTargetRegistered)]
    objectives = [objective.gcm_objective for objective in full.payloads(GcmObjectiveRegistered)]

    assert sorted(targets) == sorted(SDG_TARGETS)
    assert sorted(objectives) == list(range(1, 24))
    assert len({target.title for target in full.payloads(SdgTargetRegistered)}) == 169


def test_every_currency_but_the_dollar_has_a_rate_for_every_month_near_its_mean(full):
    scenario = load_scenario()
    months: defaultdict[str, set] = defaultdict(set)
    for published in full.payloads(ExchangeRatePublished):
        months[published.currency].add(published.valid_from)
        mean = scenario.currencies[published.currency]
        assert abs(published.rate / mean - 1) <= scenario.reference.rate_swing + 0.001

    assert {currency: len(found) for currency, found in months.items()} == {
        currency: 1 if currency == "USD" else 48 for currency in scenario.currencies
    }


def test_states_have_names_and_joined_at_the_latest_in_the_last_year(full):
    states = full.payloads(MemberStateRegistered)

    assert len({state.name for state in states}) == 173
    assert max(state.member_since for state in states).year == 2018
