// Cards: the same indicators for another part of the organisation or another period.
"use strict";
(() => {
  function showCard(card, rows, { grain, at }) {
    const about = orgpulse.names.indicators[card.dataset.card];
    const chosen = orgpulse.names.periods[grain][at];
    // What is measured by the year only shows the last year that ended by then.
    if (rows && !rows[grain] && rows.year) {
      grain = "year";
      at = orgpulse.names.periods.year.findLastIndex((year) => year.end <= chosen.end);
    }
    const row = rows?.[grain];
    const figure = orgpulse.figure(row, at);
    const period = orgpulse.names.periods[grain][at] ?? chosen;
    const field = (name) => card.querySelector(`[data-field="${name}"]`);
    field("value").textContent = orgpulse.text(figure, about);
    field("value").classList.toggle("withheld", figure?.value == null);
    orgpulse.showStatus(field("status"), figure);
    field("period").textContent = period.name;
    field("target").textContent = figure?.target == null ? "–" : orgpulse.amount(figure.target, about);
    field("before").parentElement.hidden = grain === "year" || grain === "year_to_date";
    field("before").textContent = orgpulse.text(orgpulse.figure(row, period.before), about);
    field("year-before").textContent = orgpulse.text(orgpulse.figure(row, period.yearBefore), about);
    const lines = row ? orgpulse.spark(row[1].slice(0, Math.max(0, at - row[0] + 1))) : [];
    const svg = card.querySelector("svg");
    svg.replaceChildren(...lines.map((points) => {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
      line.setAttribute("points", points);
      return line;
    }));
  }

  orgpulse.showCard = showCard;
  if (document.querySelector(".cards")) {
    const shown = [...document.querySelectorAll("[data-card]")].map((card) => orgpulse.names.indicators[card.dataset.card]);
    const dimensions = new Set(shown.flatMap((about) => about.slices));
    orgpulse.filter((slice) => dimensions.has(slice.dimension), async (view) => {
      const rows = await orgpulse.fetch("slice", view.slice.key);
      for (const card of document.querySelectorAll("[data-card]")) showCard(card, rows[card.dataset.card], view);
    });
  }
})();
