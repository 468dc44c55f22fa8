"""What is said about one indicator on the page of its pillar."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from orgpulse_pipelines.frameworks.definition import Framework
from orgpulse_pipelines.indicators.definition import EVERY_CONTRACT, Definition, Measure
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.targets import NO_TARGET, Target, TargetException
from orgpulse_pipelines.reference_pages.places import framework_link, table_links
from orgpulse_platform.reference_pages.markdown import block, code, folded, table, text
from orgpulse_platform.reference_pages.platform_pages.places import contract_link, system_link
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS

_BETTER: Final = {"higher": "higher is better", "lower": "lower is better", "neutral": "neither is better"}
_NOTHING_FOUND: Final = {"zero": "counts as zero", "unknown": "no figure: nothing is known"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is said about indicators elsewhere than in their definitions."""

    targets: dict[str, Target]
    frameworks: tuple[Framework, ...]
    published: frozenset[str]
    """Names of the published tables."""
    versions: tuple[Definition, ...]
    """Every version of every indicator."""


def indicator_section(one: Definition, around: Surroundings, of: str) -> Iterator[str]:
    """The lines about an indicator on the page ``of``, from its heading to its SQL."""
    yield f"## {text(one.title)}"
    yield ""
    yield text(one.definition)
    yield ""
    yield from table(("about", ""), _statements(one, around, of))
    sql = ((side, measure.sql) for side, measure in one.measures.items())
    yield from folded("The SQL of its rows", [line for side, said in sql for line in _sql(side, said)])


def _statements(one: Definition, around: Surroundings, of: str) -> Iterator[tuple[str, str]]:
    yield "id", code(one.id)
    yield "source system", f"{system_link(SYSTEMS[one.system], of)} {text(SYSTEMS[one.system].title)}"
    yield "formula", text(one.formula)
    for side, measure in one.measures.items():
        yield side, _measure(measure)
    yield "unit", f"{text(one.unit)}; digits after the point: {one.decimals}"
    yield "direction", _BETTER[one.direction]
    yield "periods", _listed(one.periods)
    yield "parts", _listed(("organisation", *one.places, *one.dimensions))
    yield "nothing found", _NOTHING_FOUND[one.empty_numerator]
    yield "small numbers", _small_numbers(one)
    yield "target", _target(around.targets.get(one.id, NO_TARGET), one)
    yield "serves", _served(one, around, of)
    yield "owner", text(one.owner)
    yield "standard", text(one.standard)
    yield "version", _versions(one, around)
    yield "events", _events(one, of)
    yield "tables", table_links(tables_measured((one,)), around.published, of)
    yield "limitations", text(one.limitations)


def _measure(measure: Measure) -> str:
    return f"{text(measure.meaning)} ({code(measure.counts)}, {code(measure.aggregate)})"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(code, names))


def _small_numbers(one: Definition) -> str:
    rule = one.small_number
    if one.dominance is not None:
        return "suppressed where a single person gave almost all of what people gave"
    if rule is None:
        return "counts no people"
    fewest = "the threshold" if rule.minimum is None else str(rule.minimum)
    return f"suppressed where fewer than {fewest} are counted in {_listed(rule.protects)}"


def _target(target: Target, one: Definition) -> str:
    if target.target is None and not target.exceptions:
        return text(target.source)
    said = [] if target.target is None else [_aim(target.target, target.tolerance, one)]
    if target.baseline_period is not None:
        said.append(f"measured from the figure of {target.baseline_period}")
    if target.baseline is not None:
        said.append(f"measured from {_number(target.baseline)}")
    said += [_exception(exception, one) for exception in target.exceptions]
    return f"{text('; '.join(said))}. {text(target.source)}"


def _aim(target: Decimal | None, tolerance: Decimal | None, one: Definition) -> str:
    aim = "as the others" if target is None else f"{_number(target)} {one.unit}"
    return aim if not tolerance else f"{aim}, near within {_number(tolerance)}"


def _exception(exception: TargetException, one: Definition) -> str:
    where = "" if exception.member == "all" else f" for {exception.dimension} {exception.member}"
    since = "" if exception.first_day.year == 1 else f" from {exception.first_day}"
    until = "" if exception.last_day.year == 9999 else f" to {exception.last_day}"
    return f"{_aim(exception.target, exception.tolerance, one)}{where}{since}{until}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _served(one: Definition, around: Surroundings, of: str) -> str:
    served = (
        f"{framework_link(framework, of)}: {text(item.title)}"
        for framework in around.frameworks
        for item in framework.items
        if any(mapping.indicator == one.id for mapping in item.indicators)
    )
    return "; ".join(served) or "no framework"


def _versions(one: Definition, around: Surroundings) -> str:
    older = [
        f"version {other.version} from {other.effective_from}"
        for other in around.versions
        if other.id == one.id and other.version != one.version
    ]
    return "; ".join([f"{one.version}, from {one.effective_from}", *older])


def _events(one: Definition, of: str) -> str:
    by_name = {about.name: about for about in all_contracts().values()}
    return ", ".join(
        name if name == EVERY_CONTRACT else contract_link(by_name[name], of) for name in one.events
    )


def _sql(side: str, said: str) -> Iterator[str]:
    yield f"{side.capitalize()}:"
    yield ""
    yield from block("sql", said)
