"""What would happen to a file: counts, and each event's verdict."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orgpulse_platform.mapping.refusal import ROW_MEANINGS, RowReason
from orgpulse_platform.mapping.report import Report
from orgpulse_platform.validation_report.judge import Verdict
from orgpulse_schemas.reasons import MEANINGS, Reason

FROM_SOURCE = "source system"


@dataclass
class ValidationReport:
    """The account of a file before it is published."""

    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    """Every event's; for an export, only those of refused rows."""
    accepted: int = 0
    rejected: int = 0
    repeated: int = 0
    """Accepted events that repeat an earlier one of the file: they count once."""
    contracts: Counter[str] = field(default_factory=Counter[str])
    """Accepted events by type."""

    @property
    def reasons(self) -> Counter[str]:
        """Rejected events by the code of the first violation."""
        return Counter(verdict.violations[0][0] for verdict in self.verdicts if verdict.violations)

    def document(self) -> dict[str, Any]:
        """The report for scripts."""
        return {
            "events": self.accepted + self.rejected,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "repeated": self.repeated,
            "contracts": [{"id": name, "accepted": count} for name, count in sorted(self.contracts.items())],
            "reasons": [
                {"id": code, "events": count, **explained(code)} for code, count in self.reasons.most_common()
            ],
            "outcomes": [_outcome(verdict) for verdict in self.verdicts],
        }


def report_of(verdicts: Iterable[Verdict]) -> ValidationReport:
    """The account of the events of a file."""
    report = ValidationReport()
    for verdict in verdicts:
        report.verdicts.append(verdict)
        if not verdict.accepted:
            report.rejected += 1
            continue
        report.accepted += 1
        report.repeated += verdict.repeats
        report.contracts[verdict.contract or ""] += 1
    return report


def report_of_export(checked: Report) -> ValidationReport:
    """The account of an export, from the dry run of its mapping."""
    return ValidationReport(
        verdicts=[
            Verdict(
                refusal.line,
                checked.contract,
                tuple((problem.reason.value, problem.field) for problem in refusal.problems),
            )
            for refusal in checked.refused
        ],
        accepted=checked.accepted,
        rejected=len(checked.refused),
        contracts=Counter({checked.contract: checked.accepted} if checked.accepted else {}),
    )


def explained(code: str) -> dict[str, str]:
    """What a code means and who mends it; the codes of rows of an export are mended at their source."""
    if code in set(Reason):
        meaning = MEANINGS[Reason(code)]
        return {"meaning": meaning.meaning, "mended_by": meaning.mended_by}
    return {"meaning": ROW_MEANINGS[RowReason(code)], "mended_by": FROM_SOURCE}


def _outcome(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": f"line-{verdict.line}",
        "line": verdict.line,
        "accepted": verdict.accepted,
        "contract": verdict.contract,
        "repeats": verdict.repeats,
        "violations": [
            {"id": f"{code} {path}", "code": code, "path": path} for code, path in verdict.violations
        ],
    }
