// The page of an indicator: its trend in a part of the organisation, and how the parts compare in a period.
"use strict";
(() => {
  const main = document.getElementById("indicator");
  const id = main.dataset.indicator;
  const about = orgpulse.names.indicators[id];
  const { names } = orgpulse;
  const trend = document.getElementById("trend");
  const parts = document.getElementById("parts");
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
      rows.push({ period: period.name, start: period.start, value: figure.value, target: figure.target ?? null, status: names.statuses[figure.status], chosen: ordinal === at });
      lines.push([[period.name], said(figure), amount(figure.target), status(figure)]);
    });
    fillTable(trend, lines);
    const known = rows.filter((one) => one.value !== null);
    const summary = known.length
      ? names.texts.trend
        .replace("{slice}", slice.name)
        .replace("{first}", known[0].period).replace("{from}", orgpulse.amount(known[0].value, about))
        .replace("{last}", known.at(-1).period).replace("{to}", orgpulse.amount(known.at(-1).value, about))
      : names.texts.none;
    orgpulse.redraw(trend, rows, { summary });
  }

  function showParts(bySlice, { grain, at, period }) {
    const chosen = names.slices.filter((slice) => slice.dimension === group.value);
    const found = chosen.flatMap((slice) => {
      const figure = orgpulse.figure(bySlice[slice.key]?.[grain], at);
      return figure ? [{ slice, figure }] : [];
    });
    found.sort((one, other) => (other.figure.value ?? -Infinity) - (one.figure.value ?? -Infinity) || one.slice.name.localeCompare(other.slice.name));
    fillTable(parts, found.map(({ slice, figure }) => [[slice.name], said(figure), amount(figure.target), status(figure)]));
    const shown = found.filter(({ figure }) => figure.value !== null);
    const rows = shown.map(({ slice, figure }) => ({ part: slice.name, region: slice.region ?? "", value: figure.value, target: figure.target ?? null, status: names.statuses[figure.status] }));
    const withheld = found.filter(({ figure }) => figure.status === "suppressed").length;
    let summary = shown.length
      ? names.texts.parts
        .replace("{period}", period.name)
        .replace("{high}", shown[0].slice.name).replace("{most}", orgpulse.amount(shown[0].figure.value, about))
        .replace("{low}", shown.at(-1).slice.name).replace("{least}", orgpulse.amount(shown.at(-1).figure.value, about))
      : names.texts.none;
    if (withheld) summary += ` ${names.texts.withheld.replace("{count}", orgpulse.number(withheld, 0))}`;
    const specs = JSON.parse(document.querySelector("#parts-of script.specs").textContent);
    orgpulse.redraw(parts, rows, { summary, spec: rows.length > 40 ? specs.many : specs.few });
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
    });
  });
})();
