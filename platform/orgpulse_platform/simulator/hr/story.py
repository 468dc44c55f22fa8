"""Everything that the HR system tells."""

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.hr.appraisals import Appraisals
from orgpulse_platform.simulator.hr.careers import Careers
from orgpulse_platform.simulator.hr.objectives import give_multi_rater_feedback, set_objectives
from orgpulse_platform.simulator.hr.programmes import Programmes, reach_milestones
from orgpulse_platform.simulator.hr.recruiting import fill_positions
from orgpulse_platform.simulator.hr.roster import Roster
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.world import World


def tell_hr(world: World, organisation: Organisation) -> list[Person]:
    """Tell the facts of the family; returns everybody who was ever in service."""
    chronicle = world.chronicle("hr")
    people = _run_careers(world, organisation, chronicle)
    cycles = Appraisals(world, organisation, chronicle).run(people)
    set_objectives(world, cycles, chronicle)
    give_multi_rater_feedback(world, cycles, chronicle)
    Programmes(world, people, chronicle).run()
    reach_milestones(world, chronicle)
    return people


def _run_careers(world: World, organisation: Organisation, chronicle: Chronicle) -> list[Person]:
    """Careers and the positions filled in their course, of which nothing is kept but the people."""
    careers = Careers(world, organisation, chronicle)
    careers.run()
    from_roster = fill_positions(world, careers.fillings, careers.vacant, chronicle)
    Roster(world, chronicle).run(from_roster)
    return careers.people
