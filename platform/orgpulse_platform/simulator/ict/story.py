"""Everything that the ICT division tells, and the services of its catalogue."""

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.ict.availability import sample_availability
from orgpulse_platform.simulator.ict.catalogue import register_services
from orgpulse_platform.simulator.ict.digitisation import digitise_processes, digitise_workspaces
from orgpulse_platform.simulator.ict.initiatives import Initiatives
from orgpulse_platform.simulator.ict.operations import Operations
from orgpulse_platform.simulator.ict.satisfaction import ask_clients
from orgpulse_platform.simulator.ict.vulnerabilities import scan_services
from orgpulse_platform.simulator.scene import Scene


def tell_ict(scene: Scene, reference: Chronicle) -> None:
    """Tell the family's facts; the services are told as reference data."""
    chronicle = scene.world.chronicle("ict")
    register_services(scene, reference)
    Initiatives(scene, chronicle).run()
    operations = Operations(scene, chronicle)
    operations.run()
    sample_availability(scene, operations.outages, chronicle)
    ask_clients(scene, chronicle)
    scan_services(scene, chronicle)
    digitise_workspaces(scene, chronicle)
    digitise_processes(scene, chronicle)
