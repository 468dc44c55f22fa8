"""Everything that the training systems tell."""

from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.presence import Presence
from orgpulse_platform.simulator.training.catalogue import Trainings
from orgpulse_platform.simulator.training.e_learning import ELearning
from orgpulse_platform.simulator.training.feedback import answer_follow_ups, give_feedback
from orgpulse_platform.simulator.training.focal_points import designate_focal_points
from orgpulse_platform.simulator.training.partners import register_partners
from orgpulse_platform.simulator.training.psea import Psea
from orgpulse_platform.simulator.training.sessions import Sessions
from orgpulse_platform.simulator.world import World


def tell_training(
    world: World, organisation: Organisation, people: list[Person], presence: Presence
) -> Trainings:
    """Tell the facts of the family; returns what others count by."""
    chronicle = world.chronicle("training")
    e_learning = ELearning(world, organisation, people, chronicle)
    e_learning.run()
    sessions = Sessions(world, organisation, presence, chronicle)
    sessions.run()
    trainings = Trainings(sessions.held, e_learning.counted)
    give_feedback(world, trainings.attendances(), e_learning.first_completions(), chronicle)
    answer_follow_ups(world, trainings.attendances(), chronicle)
    designated = designate_focal_points(world, organisation, people, chronicle)
    gender = {unit_id: day for (unit_id, role), day in designated.items() if role == "gender"}
    psea = Psea(world, organisation, presence, chronicle)
    psea.release()
    psea.train_staff(gender)
    psea.train_partners(register_partners(world, organisation, chronicle), gender)
    return trainings
