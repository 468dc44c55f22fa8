"""Workspaces moved to the digital workspace, office by office, and processes without paper."""

from datetime import timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.scene import Scene
from orgpulse_schemas.families.ict.digitisation import ProcessDigitised, WorkspaceDigitised

SECOND_STEP_DAYS: Final = (40, 160)
LARGE_ENOUGH: Final = 6
"""Offices with fewer workplaces are moved at once."""


def digitise_workspaces(scene: Scene, chronicle: Chronicle) -> None:
    """Move the workplaces of most offices, some in two steps; whoever works there has one."""
    plan, rng = scene.scenario.ict.digitisation, scene.world.stream("workspaces")
    units = scene.organisation.units
    number = min(len(units), scene.world.scaled(round(len(units) * plan.offices)))
    for unit in rng.sample(units, number):
        day = day_between(rng, plan.first, scene.scenario.last_day)
        workplaces = len(scene.presence.in_office(unit.unit_id, day))
        steps = [(day, workplaces)]
        if workplaces >= LARGE_ENOUGH and rng.random() < plan.in_two_steps:
            first = rng.randint(workplaces // 4, workplaces * 3 // 4)
            later = day + timedelta(days=rng.randint(*SECOND_STEP_DAYS))
            steps = [(day, first), (later, workplaces - first)]
        for moved_on, moved in steps:
            if moved and moved_on <= scene.scenario.last_day:
                chronicle.tell(
                    WorkspaceDigitised,
                    moved_on,
                    {
                        "unit_id": unit.unit_id,
                        "workplaces": moved,
                        "workplaces_total": workplaces,
                        "digitised_on": moved_on,
                    },
                )


def digitise_processes(scene: Scene, chronicle: Chronicle) -> None:
    """Processes of every domain from the beginning of the programme on."""
    plan, rng = scene.scenario.ict.digitisation, scene.world.stream("processes")
    numbered = 0
    for domain, number in plan.processes.items():
        for _ in range(scene.world.scaled(number)):
            numbered += 1
            day = day_between(rng, plan.first, scene.scenario.last_day)
            chronicle.tell(
                ProcessDigitised,
                day,
                {"process_id": f"DP-{numbered:03}", "domain": domain, "digitised_on": day},
            )
