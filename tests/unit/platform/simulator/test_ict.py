"""The stories of the ICT division: services, their incidents and changes, initiatives, digitisation."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from orgpulse_platform.simulator.scenario import load_scenario
from orgpulse_platform.simulator.simulation import Simulation
from orgpulse_schemas.families.ict.digitisation import ProcessDigitised, WorkspaceDigitised
from orgpulse_schemas.families.ict.incidents import (
    AvailabilitySampled,
    ChangeDeployed,
    IncidentClosed,
    IncidentOpened,
    IncidentRestored,
    SatisfactionAnswered,
)
from orgpulse_schemas.families.ict.initiatives import InitiativeDelivered, InitiativePlanned, MilestoneMet
from orgpulse_schemas.families.ict.vulnerabilities import VulnerabilityFound, VulnerabilityPatched
from orgpulse_schemas.families.reference.organisation import ServiceRegistered


@pytest.fixture(scope="session")
def services(full) -> dict[str, ServiceRegistered]:
    return {service.service_id: service for service in full.payloads(ServiceRegistered)}


def test_every_service_is_sampled_every_day_since_it_exists(full, services):
    sampled = Counter(sample.service_id for sample in full.payloads(AvailabilitySampled))

    assert len(services) == 12
    for service in services.values():
        since = max(date(2018, 1, 1), service.registered_on)
        assert sampled[service.service_id] == (date(2019, 12, 31) - since).days + 1


def test_a_service_is_down_on_the_day_of_a_critical_incident(full):
    availability = {(s.service_id, s.day): s.availability for s in full.payloads(AvailabilitySampled)}
    restored = {r.incident_id: r.restored_at for r in full.payloads(IncidentRestored)}
    critical = [i for i in full.payloads(IncidentOpened) if i.priority == "critical"]

    assert critical
    for incident in critical:
        until = restored.get(incident.incident_id)
        if (
            until
            and until - incident.opened_at > timedelta(hours=1)
            and until.date() == incident.opened_at.date()
        ):
            assert availability[incident.service_id, incident.opened_at.date()] < 96


def test_most_services_meet_their_target_and_some_miss_it(full, services):
    samples = defaultdict(list)
    for sample in full.payloads(AvailabilitySampled):
        if sample.day.year == 2019:
            samples[sample.service_id].append(sample.availability)
    met = [
        sum(found) / len(found) >= services[service].availability_target for service, found in samples.items()
    ]

    assert 0 < sum(met) < len(met)


def test_incidents_are_restored_within_target_or_later_and_closed_after(full):
    opened = {incident.incident_id: incident for incident in full.payloads(IncidentOpened)}
    restored = {r.incident_id: r.restored_at for r in full.payloads(IncidentRestored)}

    in_target = [
        restored[id_] <= incident.restore_due_at for id_, incident in opened.items() if id_ in restored
    ]
    assert 0.7 < sum(in_target) / len(in_target) < 0.95
    assert all(opened[id_].opened_at < moment for id_, moment in restored.items())
    assert all(restored[c.incident_id] < c.closed_at for c in full.payloads(IncidentClosed))


def test_incidents_that_a_change_caused_follow_a_failed_change_of_the_service(full):
    failed = defaultdict(list)
    for change in full.payloads(ChangeDeployed):
        if change.failed:
            failed[change.service_id].append(change.deployed_at)
    caused = [incident for incident in full.payloads(IncidentOpened) if incident.caused_by_change]

    assert caused
    for incident in caused:
        waits = [incident.opened_at - deployed for deployed in failed[incident.service_id]]
        assert any(timedelta() < wait <= timedelta(hours=2) for wait in waits)


def test_fewer_changes_fail_in_the_second_year(full):
    deployed = Counter(change.deployed_at.year for change in full.payloads(ChangeDeployed))
    failed = Counter(change.deployed_at.year for change in full.payloads(ChangeDeployed) if change.failed)

    assert failed[2018] / deployed[2018] > failed[2019] / deployed[2019] > 0


def test_moments_in_a_payload_are_the_time_of_its_event(full):
    for contract, field in (
        (IncidentOpened, "opened_at"),
        (IncidentRestored, "restored_at"),
        (IncidentClosed, "closed_at"),
        (ChangeDeployed, "deployed_at"),
    ):
        assert all(time == getattr(payload, field) for time, payload in full.events[contract])


def test_nothing_concerns_a_service_before_it_is_in_the_catalogue(full, services):
    days = [(s.service_id, s.day) for s in full.payloads(AvailabilitySampled)]
    days += [(i.service_id, i.opened_at.date()) for i in full.payloads(IncidentOpened)]
    days += [(c.service_id, c.deployed_at.date()) for c in full.payloads(ChangeDeployed)]
    days += [(a.service_id, a.answered_on) for a in full.payloads(SatisfactionAnswered)]
    days += [(v.service_id, v.found_on) for v in full.payloads(VulnerabilityFound)]

    assert all(services[service].registered_on <= day for service, day in days)


def test_vulnerabilities_are_patched_in_time_late_or_not_yet(full):
    found = {finding.vulnerability_id: finding for finding in full.payloads(VulnerabilityFound)}
    patched = {patch.vulnerability_id: patch.patched_on for patch in full.payloads(VulnerabilityPatched)}
    critical = [id_ for id_, finding in found.items() if finding.severity == "critical" and id_ in patched]

    assert all(found[id_].found_on < day for id_, day in patched.items())
    assert 0.5 < sum(patched[id_] <= found[id_].patch_due_on for id_ in critical) / len(critical) < 1
    assert len(patched) < len(found)


def test_initiatives_of_every_objective_are_delivered_on_time_late_within_budget_or_beyond(full):
    planned = {}
    for _, plan in sorted(full.events[InitiativePlanned], key=lambda event: event[0]):
        planned[plan.initiative_id] = plan
    delivered = full.payloads(InitiativeDelivered)

    assert {plan.objective for plan in planned.values()} == {"a", "b", "c"}
    assert {plan.technology for plan in planned.values()} == {"standard", "bespoke"}
    assert len(full.payloads(InitiativePlanned)) > len(planned)
    assert {d.delivered_on <= planned[d.initiative_id].due_on for d in delivered} == {True, False}
    assert {d.cost_usd <= planned[d.initiative_id].budget_usd for d in delivered} == {True, False}
    assert all(d.delivered_on > planned[d.initiative_id].start_on for d in delivered)
    assert all(planned[m.initiative_id].start_on < m.met_on for m in full.payloads(MilestoneMet))


def test_an_office_never_moves_more_workplaces_than_it_has(full, careers):
    moved, total = Counter[str](), {}
    for workspace in full.payloads(WorkspaceDigitised):
        moved[workspace.unit_id] += workspace.workplaces
        total[workspace.unit_id] = workspace.workplaces_total
    headquarters = full.payloads(WorkspaceDigitised)[0]
    serving = sum(career.serves_on(headquarters.digitised_on) for career in careers.values())

    assert all(moved[unit] <= workplaces for unit, workplaces in total.items())
    assert any(moved[unit] < workplaces for unit, workplaces in total.items())
    assert sum(total.values()) < serving


def test_processes_are_digitised_in_every_domain(full):
    domains = Counter(process.domain for process in full.payloads(ProcessDigitised))

    assert domains == load_scenario().ict.digitisation.processes


def test_availability_is_a_share_in_percent(full):
    shares = [sample.availability for sample in full.payloads(AvailabilitySampled)]

    assert max(shares) == 100
    assert Decimal(0) <= min(shares) < 90


def test_a_small_simulation_is_not_drowned_in_samples():
    sampled = sum(b"org.ict.availability.sampled" in record.value for record in Simulation(1, 0.01).records())

    assert 50 < sampled < 150
