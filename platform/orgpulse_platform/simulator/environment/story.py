"""Everything that the environmental programme tells."""

from orgpulse_platform.simulator.environment.facilities import register_facilities
from orgpulse_platform.simulator.environment.inventories import Inventories
from orgpulse_platform.simulator.environment.markers import assess_projects
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.environment.strategy import EnvironmentMilestoneReached


def tell_environment(
    world: World, organisation: Organisation, projects: tuple[Project, ...], reference: Chronicle
) -> None:
    """Tell the facts of the family; facilities are registered with the reference data."""
    chronicle = world.chronicle("environment")
    facilities = register_facilities(world, organisation, reference)
    Inventories(world, facilities, chronicle).run()
    assess_projects(world, projects, chronicle)
    for milestone in world.scenario.environment.milestones:
        chronicle.tell(EnvironmentMilestoneReached, milestone.reached_on, milestone.model_dump())
