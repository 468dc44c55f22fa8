"""Vulnerabilities: found by scans, patched in time, later or not yet."""

from datetime import timedelta

from orgpulse_platform.simulator.draw import Weighted
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.ict.catalogue import service_on
from orgpulse_platform.simulator.occasions import days_of, follow_up
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.ict.vulnerabilities import VulnerabilityFound, VulnerabilityPatched


def scan_services(scene: Scene, chronicle: Chronicle) -> None:
    """The findings of every year and their patches."""
    plan, rng = scene.scenario.ict.vulnerabilities, scene.world.stream("vulnerabilities")
    severities = Weighted(plan.severities)
    for number, day in enumerate(days_of(scene.world, rng, plan.a_year), start=1):
        vulnerability_id = f"VU-{number:05}"
        severity = severities.draw(rng)
        due = day + timedelta(days=plan.patch_days[severity])
        chronicle.tell(
            VulnerabilityFound,
            day,
            {
                "vulnerability_id": vulnerability_id,
                "service_id": service_on(scene, rng, day).service_id,
                "severity": severity,
                "found_on": day,
                "patch_due_on": due,
            },
        )
        patched = follow_up(rng, plan.patched[severity], day, due)
        if patched is not None and patched <= scene.scenario.last_day:
            chronicle.tell(
                VulnerabilityPatched,
                patched,
                {"vulnerability_id": vulnerability_id, "patched_on": patched},
            )
