"""Reports to donors: agreed when a project starts, then submitted on time, late or never."""

from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.projects import Project
from orgpulse_platform.simulator.scenario import Scenario
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.donors import DonorReportDue, DonorReportSubmitted

REPORT_DAYS: Final = 90
"""A donor report is due so many days after the year or the project it reports on ends."""
LATE_REPORT_DAYS: Final = 120


def report_to_donors(world: World, projects: tuple[Project, ...], chronicle: Chronicle) -> None:
    """Yearly and final reports of the projects beside the fund's, on time, late or missing."""
    scenario, rng = world.scenario, world.stream("donor reports")
    reported = 0
    for project in projects:
        if project.fund:
            continue
        for covered in _covered_until(project, scenario):
            reported += 1
            due = covered + timedelta(days=REPORT_DAYS)
            report_id = f"DR-{reported:05}"
            _agree(chronicle, report_id, project, due)
            if rng.random() >= scenario.donor_reports.submitted:
                continue
            if rng.random() < scenario.donor_reports.on_time:
                submitted = day_between(rng, due - timedelta(days=45), due)
            else:
                submitted = due + timedelta(days=rng.randint(1, LATE_REPORT_DAYS))
            if submitted > scenario.last_day:
                continue
            chronicle.tell(
                DonorReportSubmitted,
                submitted,
                {
                    "report_id": report_id,
                    "project_id": project.project_id,
                    "due_on": due,
                    "submitted_on": submitted,
                },
            )


def _agree(chronicle: Chronicle, report_id: str, project: Project, due: date) -> None:
    """Reports are agreed when the project starts, the yearly ones of later years among them."""
    chronicle.tell(
        DonorReportDue,
        project.start,
        {"report_id": report_id, "project_id": project.project_id, "due_on": due},
        hours=EARLY,
    )


def _covered_until(project: Project, scenario: Scenario) -> list[date]:
    """Last days of the periods that the reports of a project cover, within the years simulated."""
    ends = [date(year, 12, 31) for year in range(scenario.first_year - 1, scenario.last_year)]
    days = [day for day in ends if project.start <= day and (project.end is None or day < project.end)]
    if project.end is not None and scenario.first_day <= project.end <= scenario.last_day:
        days.append(project.end)
    return days
