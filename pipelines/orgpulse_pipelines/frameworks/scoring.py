"""The scores as SQL over published tables: of each indicator that serves an item, and of each item.

Only published tables are read, and of a suppressed figure nothing but that it is suppressed: no score can
depend on its value or denominator.
"""

from typing import Final

from orgpulse_pipelines.indicators.calendar import UNKNOWN
from orgpulse_pipelines.indicators.measuring import OFFICES

_BELOW: Final = "len(list_filter(item.threshold_values, lambda threshold: threshold <= value.value))"
_ON_THE_LINE: Final = f"""
    case
      when value.value <= item.threshold_values[1] then item.threshold_scores[1]
      when value.value >= item.threshold_values[-1] then item.threshold_scores[-1]
      else
        item.threshold_scores[{_BELOW}]
        + (value.value::double - item.threshold_values[{_BELOW}])
        * (item.threshold_scores[{_BELOW} + 1] - item.threshold_scores[{_BELOW}])
        / (item.threshold_values[{_BELOW} + 1] - item.threshold_values[{_BELOW}])
    end
"""
# An office counts where it stands on the last day that the period covers.
INDICATOR_SCORES: Final = f"""
    with shown as (
      select
        indicator_id, grain, period, period_start, period_end, as_of, dimension, member, suppressed,
        if(suppressed, null, value) as value, if(suppressed, null, denominator) as denominator
      from indicators.value
      where member <> '{UNKNOWN}'
    ),
    figure as (
      select
        item.framework_id, item.item_id, item.indicator_id, item.weight, framework.minimum_coverage,
        item.roll_up = 'offices_by_denominator' as by_offices,
        value.grain, value.period, value.period_start, value.period_end, value.as_of, value.dimension,
        value.member,
        value.value, value.denominator, value.suppressed, {_ON_THE_LINE} as score
      from indicators.framework_item as item
      join indicators.framework as framework using (framework_id)
      join shown as value
        on value.indicator_id = item.indicator_id
        and list_contains(item.scored_grains, value.grain)
        and list_contains(item.scored_dimensions, value.dimension)
    ),
    office as (
      select figure.*, unit.region, coalesce(unit.regional_office_id, unit.mission_id) as regional_office
      from figure
      join core.dim_organisation_unit as unit
        on unit.unit_id = figure.member
        and unit.valid_from <= figure.as_of and figure.as_of < unit.valid_to
      where figure.by_offices and figure.dimension = 'office'
    ),
    rolled_up as (
      select
        framework_id, item_id, indicator_id, period,
        case
          when grouping(region) = 0 then 'region'
          when grouping(regional_office) = 0 then 'regional_office'
          else 'organisation'
        end as dimension,
        coalesce(region, regional_office, 'all') as member,
        sum(score * denominator) / nullif(sum(denominator) filter (where score is not null), 0) as score,
        sum(denominator) filter (where score is not null) as covered,
        bool_or(suppressed) as suppressed
      from office
      group by grouping sets (
        (framework_id, item_id, indicator_id, period),
        (framework_id, item_id, indicator_id, period, region),
        (framework_id, item_id, indicator_id, period, regional_office)
      )
    ),
    scored as (
      select
        figure.* exclude (by_offices, score, suppressed),
        round(
          case
            when not figure.by_offices or figure.dimension = 'office' then figure.score
            when rolled_up.covered >= figure.minimum_coverage * figure.denominator then rolled_up.score
          end, 6
        )::decimal(9, 6) as score,
        figure.suppressed or coalesce(rolled_up.suppressed, false) as hidden
      from figure
      left join rolled_up using (framework_id, item_id, indicator_id, period, dimension, member)
    )
    select
      * exclude (hidden),
      case when score is not null then 'scored' when hidden then 'suppressed' else 'not_scored' end as status
    from scored
"""  # noqa: S608 - made of constants
"""One row for each indicator with thresholds, item, period and place in which the indicator has a figure."""

ITEM_SCORES: Final = f"""
    with part as ({INDICATOR_SCORES}),
    place as (
      select distinct
        framework_id, minimum_coverage, grain, period, period_start, period_end, as_of, dimension, member
      from part
    ),
    mapped as (
      select
        framework_id, item_id, grain, dimension, count(*) as indicators_mapped, sum(weight) as weight
      from indicators.framework_item,
        unnest(scored_grains) as listed_grain (grain),
        unnest(scored_dimensions) as listed_dimension (dimension)
      group by all
    ),
    item as (
      select
        place.*, mapped.item_id, mapped.indicators_mapped, mapped.weight,
        count(part.score) as indicators_scored,
        count(*) filter (where part.status = 'suppressed') as indicators_suppressed,
        sum(part.weight) filter (where part.score is not null) as weight_scored,
        sum(part.weight * part.score)::double as points
      from place
      join mapped using (framework_id, grain, dimension)
      left join part using (framework_id, item_id, grain, period, dimension, member)
      group by all
    ),
    scored as (
      select *,
        if(weight_scored >= minimum_coverage * weight, round(points / weight_scored, 6), null)::decimal(9, 6)
          as score
      from item
    )
    select
      framework_id, item_id, grain, period, period_start, period_end, as_of, dimension, member, score,
      case
        when score is not null then 'scored' when indicators_suppressed > 0 then 'suppressed'
        else 'not_scored'
      end as status,
      indicators_mapped, indicators_scored, indicators_suppressed, null::varchar as publication_id
    from scored
    where dimension not in {OFFICES} or score is not null or indicators_suppressed > 0
"""  # noqa: S608 - made of constants
"""One row for each item, period and place for which its framework has an indicator with a figure; for
offices, of which there are many, only where the item has one."""
