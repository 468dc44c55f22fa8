// The page of an indicator: its trend in a part of the organisation, and how the parts compare in a period.
"use strict";
(() => {
  const main = document.getElementById("indicator");
  const id = main.dataset.indicator;
  const about = orgpulse.names.indicators[id];
  const { names } = orgpulse;
  const trend = document.getElementById("trend");
  const parts = document.getElementById("parts");
  const map = document.getElementById("map");
  const group = document.querySelector("#parts-of select");

  // Rows of a chart as a table, in the same columns: what was drawn is what is read.
  function fillTable(figure, rows) {
    figure.querySelector("tbody").replaceChildren(...rows.map((row) => {
      const line = orgpulse.make("tr");
      row.forEach(([text, value], index) => {
        const cell = orgpulse.make(index ? "td" : "th", { textContent: text });
        if (!index) cell.scope = "row";
        if (value !== undefined) {
          cell.className = "number";
          if (value !== null) cell.dataset.value = value;
        }
        line.append(cell);
      });
      return line;
    }));
  }

  const amount = (value) => (value == null ? ["–", null] : [orgpulse.amount(value, about), value]);
  const said = (figure) => [orgpulse.text(figure, about), figure?.value ?? null];
  const status = (figure) => [names.statuses[figure ? figure.status : "no_data"]];

  function showTrend(row, { grain, at, slice }) {
    const rows = [], lines = [];
    names.periods[grain].forEach((period, ordinal) => {
      const figure = orgpulse.figure(row, ordinal);
      if (!figure) return;
      rows.push({ period: period.name, start: period.start, value: figure.value, target: figure.target ?? null, baseline: figure.baseline ?? null, status: names.statuses[figure.status], chosen: ordinal === at });
      lines.push([[period.name], said(figure), amount(figure.baseline), amount(figure.target), status(figure)]);
    });
    fillTable(trend, lines);
    const known = rows.filter((one) => one.value !== null);
    const summary = known.length
      ? orgpulse.fillIn(names.texts.trend, {
        slice: slice.name,
        first: known[0].period, from: orgpulse.amount(known[0].value, about),
        last: known.at(-1).period, to: orgpulse.amount(known.at(-1).value, about),
      })
      : names.texts.none;
    const spec = JSON.parse(trend.querySelector("script.spec").textContent);
    spec.encoding.x.axis = grain === "year" ? { format: "%Y", tickCount: "year" } : { format: "%b %Y", labelOverlap: true };
    orgpulse.redraw(trend, rows, { summary, spec });
  }

  // The year of a view: offices have figures of years only.
  function yearOf({ period }) {
    const at = names.periods.year.findIndex((year) => year.end >= period.end);
    return { grain: "year", at, period: names.periods.year[at] };
  }

  // The figures of some slices in a period, the highest first, in the figure's table; `called` names a slice.
  function compare(figure, bySlice, view, wanted, called) {
    const slices = names.slices.filter(wanted);
    const figures = ({ grain, at }) => slices.flatMap((slice) => {
      const of = orgpulse.figure(bySlice[slice.key]?.[grain], at);
      return of ? [{ slice, name: called(slice), figure: of }] : [];
    });
    let { period } = view;
    let found = figures(view);
    if (!found.length && names.periods.year) {
      found = figures(yearOf(view));
      period = yearOf(view).period ?? period;
    }
    found.sort((one, other) => (other.figure.value ?? -Infinity) - (one.figure.value ?? -Infinity) || one.name.localeCompare(other.name));
    fillTable(figure, found.map((one) => [[one.name], said(one.figure), amount(one.figure.target), status(one.figure)]));
    const shown = found.filter(({ figure: of }) => of.value !== null);
    const rows = shown.map(({ slice, name, figure: of }) => ({ part: name, code: slice.country ?? "", region: slice.region ?? "", value: of.value, target: of.target ?? null, status: names.statuses[of.status] }));
    const withheld = found.filter(({ figure: of }) => of.status === "suppressed").length;
    let summary = names.texts.none;
    if (shown.length === 1) summary = `${shown[0].name}, ${period.name}: ${orgpulse.amount(shown[0].figure.value, about)}.`;
    if (shown.length > 1) {
      summary = orgpulse.fillIn(names.texts.parts, {
        period: period.name,
        high: shown[0].name, most: orgpulse.amount(shown[0].figure.value, about),
        low: shown.at(-1).name, least: orgpulse.amount(shown.at(-1).figure.value, about),
      });
    }
    if (withheld) summary += ` ${orgpulse.fillIn(names.texts.withheld, { count: orgpulse.number(withheld, 0) })}`;
    return { rows, summary };
  }

  function showParts(bySlice, view) {
    const { rows, summary } = compare(parts, bySlice, view, (slice) => slice.dimension === group.value, (slice) => slice.name);
    const specs = JSON.parse(document.querySelector("#parts-of script.specs").textContent);
    orgpulse.redraw(parts, rows, { summary, spec: rows.length > 40 ? specs.many : specs.few });
  }

  function showMap(bySlice, view) {
    const { rows, summary } = compare(map, bySlice, view, (slice) => slice.country, (slice) => names.countries[slice.country]);
    map.hidden = !rows.length;
    if (rows.length) orgpulse.redraw(map, rows, { summary });
  }

  const measured = new Set(about.slices);
  orgpulse.fetch("indicator", id).then((bySlice) => {
    let view = null;
    if (group) {
      const dimensions = [...new Set(names.slices.filter((slice) => measured.has(slice.dimension)).map((slice) => slice.dimension))];
      for (const dimension of dimensions.filter((one) => one !== "organisation")) {
        group.append(orgpulse.make("option", { value: dimension, textContent: names.dimensions[dimension] }));
      }
      group.addEventListener("change", () => showParts(bySlice, view));
    }
    return orgpulse.filter((slice) => bySlice[slice.key], async (next) => {
      view = next;
      orgpulse.showCard(main.querySelector("[data-card]"), bySlice[view.slice.key], view);
      showTrend(bySlice[view.slice.key][view.grain], view);
      if (group) showParts(bySlice, view);
      if (map) showMap(bySlice, view);
    }, (grain) => Object.values(bySlice).some((row) => row[grain]));
  });
})();
