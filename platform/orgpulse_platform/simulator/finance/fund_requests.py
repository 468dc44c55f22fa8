"""Requests to the development fund: those whose projects it pays, and those that it declines."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from orgpulse_platform.simulator.draw import Weighted, day_between
from orgpulse_platform.simulator.facts import EARLY, Chronicle
from orgpulse_platform.simulator.finance.fund_money import Payment
from orgpulse_platform.simulator.occasions import between
from orgpulse_platform.simulator.reference.states import MemberStates, State
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.finance.fund_requests import (
    EligibilityListed,
    FundRequestApproved,
    FundRequestDeclined,
    FundRequestScreened,
    FundRequestSubmitted,
)

LISTED: Final = (1, 3)
"""Month and day on which the list of a year is published."""
ASKED: Final = (1.0, 1.35)
"""More is asked for than approved, by such a factor."""
AMOUNTS: Final = (50_000, 320_000)
"""Least and most asked for by requests that are declined, in USD."""
THOUSAND: Final = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Approval:
    """The request of a project that is paid."""

    request_id: str
    country: str
    submitted: date
    screened: date
    approved: date
    amount: Decimal
    """Approved, in USD."""


class FundRequests:
    """Every request since the fund began, and the eligibility lists that they are screened by."""

    def __init__(self, world: World, states: MemberStates, chronicle: Chronicle) -> None:
        self._world = world
        self._plan = world.scenario.finance.fund
        self._states = states
        self._chronicle = chronicle
        self._rng = world.stream("fund requests")
        self._numbered = 0

    def run(self, payments: list[Payment]) -> dict[str, str]:
        """Tell lists and requests; returned are the numbers of the requests by project."""
        by_project: defaultdict[str, list[Payment]] = defaultdict(list)
        for payment in payments:
            by_project[payment.project.project_id].append(payment)
        approvals = {project_id: self._approval(paid) for project_id, paid in by_project.items()}
        off_the_list = self._list_eligible(approvals)
        for approval in approvals.values():
            self._tell_approved(approval)
        reasons = Weighted(self._plan.requests.reasons)
        for _ in range(self._world.scaled(self._plan.requests.declined)):
            self._decline(reasons.draw(self._rng), off_the_list)
        return {project_id: approval.request_id for project_id, approval in approvals.items()}

    def _approval(self, paid: list[Payment]) -> Approval:
        """Dates count back from the first allocation; what is paid after the last day is approved too."""
        project, requests = paid[0].project, self._plan.requests
        approved = between(
            self._rng, paid[0].allocated_on, (-requests.start_days[1], -requests.start_days[0])
        )
        screened = between(self._rng, approved, (-requests.decision_days[1], -requests.decision_days[0]))
        submitted = between(self._rng, screened, (-requests.screening_days[1], -requests.screening_days[0]))
        total = sum((payment.allocated for payment in paid), Decimal(0))
        last_day = self._world.scenario.last_day
        if project.end is not None and project.end > last_day:
            days = max(1, (last_day - project.start).days)
            total *= Decimal((project.end - project.start).days) / days
        amount = (total / THOUSAND).to_integral_value(ROUND_CEILING) * THOUSAND
        return Approval(self._next_id(), project.unit.country, submitted, screened, approved, amount)

    def _next_id(self) -> str:
        self._numbered += 1
        return f"RQ-{self._numbered:05}"

    def _list_eligible(self, approvals: dict[str, Approval]) -> dict[int, set[str]]:
        """Tell the lists; the eligible states that are off the list, by year."""
        asked = {(approval.country, approval.submitted.year) for approval in approvals.values()}
        eligible = {state.country for state in self._states.eligible}
        off_the_list: dict[int, set[str]] = {}
        for year in self._world.scenario.years:
            day = date(year, *LISTED)
            members = [state for state in self._states.all if state.since < day]
            quiet = [s.country for s in members if s.country in eligible and (s.country, year) not in asked]
            off = set(self._rng.sample(quiet, min(len(quiet), self._plan.suspended.get(year, 0))))
            off_the_list[year] = off
            for state in members:
                self._chronicle.tell(
                    EligibilityListed,
                    day,
                    {
                        "country": state.country,
                        "region": state.region,
                        "year": year,
                        "eligible": state.country in eligible - off,
                        "listed_on": day,
                    },
                    hours=EARLY,
                )
        return off_the_list

    def _tell_approved(self, approval: Approval) -> None:
        asked = approval.amount * Decimal(str(round(self._rng.uniform(*ASKED), 2)))
        state = self._states.by_country[approval.country]
        self._submit(approval.request_id, state, asked, approval.submitted)
        self._screen(approval.request_id, True, approval.screened)
        self._chronicle.tell(
            FundRequestApproved,
            approval.approved,
            {
                "request_id": approval.request_id,
                "amount_usd": f"{approval.amount:.2f}",
                "approved_on": approval.approved,
            },
        )

    def _decline(self, reason: str, off_the_list: dict[int, set[str]]) -> None:
        """A request that is declined, or still waits for its decision on the last day."""
        scenario, rng = self._world.scenario, self._rng
        day = day_between(rng, date(scenario.development_fund.first_year, 2, 1), scenario.last_day)
        eligible = [s for s in self._states.eligible if s.country not in off_the_list.get(day.year, set())]
        listed = {state.country for state in eligible}
        choice = (
            [s for s in self._states.all if s.country not in listed] if reason == "not_eligible" else eligible
        )
        member_by_then = [state for state in choice if state.since.year < day.year]
        state = rng.choice(member_by_then)
        request_id = self._next_id()
        self._submit(request_id, state, Decimal(rng.randrange(*AMOUNTS, 1000)), day)
        screened = between(rng, day, self._plan.requests.screening_days)
        if screened > scenario.last_day:
            return
        self._screen(request_id, reason != "not_eligible", screened)
        declined = between(rng, screened, self._plan.requests.decision_days)
        if declined <= scenario.last_day:
            self._chronicle.tell(
                FundRequestDeclined,
                declined,
                {"request_id": request_id, "reason": reason, "declined_on": declined},
            )

    def _submit(self, request_id: str, state: State, amount: Decimal, day: date) -> None:
        self._chronicle.tell(
            FundRequestSubmitted,
            day,
            {
                "request_id": request_id,
                "country": state.country,
                "region": state.region,
                "amount_usd": f"{amount:.2f}",
                "submitted_on": day,
            },
            hours=EARLY,
        )

    def _screen(self, request_id: str, eligible: bool, day: date) -> None:
        self._chronicle.tell(
            FundRequestScreened, day, {"request_id": request_id, "eligible": eligible, "screened_on": day}
        )
