// What every page with figures shares: names in the page's language, files of figures, the filter and its link.
"use strict";
(() => {
  const root = document.documentElement.dataset.root;
  const waiting = new Map(); // a file on its way, by "kind/name"
  const STATUSES = { o: "on_target", n: "near", f: "off_target", t: "no_target", "-": "no_data", s: "suppressed" };
  const SHAPES = { on_target: "●", near: "▲", off_target: "▼", no_target: "–", no_data: "–", suppressed: "■" };

  const orgpulse = {
    names: null,

    // Files of data call this.
    load(kind, name, document) {
      if (kind === "names") orgpulse.names = document;
      else waiting.get(`${kind}/${name}`)?.give(document);
    },

    // The figures of a slice or of an indicator; rejects when the file cannot be read.
    fetch(kind, name) {
      const key = `${kind}/${name}`;
      if (!waiting.has(key)) {
        const entry = {};
        entry.promise = new Promise((give, fail) => {
          entry.give = give;
          script(`${root}data/${orgpulse.names.publication}/${key}.js`).catch((error) => { waiting.delete(key); fail(error); });
        });
        waiting.set(key, entry);
      }
      return waiting.get(key).promise;
    },

    script,

    // The figure of a row at the ordinal of a period; nothing where the row has none.
    figure(row, at) {
      if (!row) return null;
      const [first, values, letters, target, baseline] = row;
      const one = (aim) => (Array.isArray(aim) ? aim[at - first] : aim);
      const index = at - first;
      if (index < 0 || index >= values.length) return null;
      return { value: values[index], status: STATUSES[letters[index]], target: one(target), baseline: one(baseline) };
    },

    // A sentence with its values; what a value says is never taken for a place to fill.
    fillIn(sentence, values) {
      return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
    },

    number(value, decimals) {
      return new Intl.NumberFormat(orgpulse.names.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
    },

    // A value with its unit, or in words why there is none.
    text(figure, about) {
      const { texts } = orgpulse.names;
      if (!figure) return texts.none;
      if (figure.status === "suppressed") return texts.suppressed;
      return figure.value === null ? texts.none : orgpulse.amount(figure.value, about);
    },

    amount(value, about) {
      const { locale } = orgpulse.names;
      if (about.unit === "%") return new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: about.decimals, maximumFractionDigits: about.decimals }).format(value / 100);
      if (about.unit === "USD") {
        const large = Math.abs(value) >= 1e6 ? { notation: "compact", compactDisplay: "long", maximumFractionDigits: 1 } : { maximumFractionDigits: 0 };
        const amount = new Intl.NumberFormat(locale, large).format(value);
        return locale.startsWith("en") ? `USD\u00a0${amount}` : `${amount}\u00a0USD`;
      }
      return `${orgpulse.number(value, about.decimals)} ${about.unitText}`.trim();
    },

    showStatus(element, figure) {
      const status = figure ? figure.status : "no_data";
      const shape = make("span", { textContent: SHAPES[status] });
      shape.setAttribute("aria-hidden", "true");
      const word = make("span", { className: `status ${status}` });
      word.append(shape, ` ${orgpulse.names.statuses[status]}`);
      element.replaceChildren(word);
    },

    make,

    // The filter: calls `show` with {slice, grain, at} now and after every change. The choice is kept in the link.
    // It offers the parts that are allowed, and the kinds of period that are measured.
    filter(allowed, show, measured = () => true) {
      const form = document.getElementById("filter");
      const said = document.getElementById("said");
      const { names } = orgpulse;
      const slices = names.slices.filter(allowed);
      fill(form.elements.slice, slices.map((one) => [one.id, one.name, one.group]));
      const grains = Object.keys(names.periods).filter(measured);
      const usual = grains.includes(names.start.grain) ? names.start.grain : grains.at(-1);
      fill(form.elements.grain, grains.map((grain) => [grain, names.grains[grain]]));

      const periods = () => names.periods[form.elements.grain.value];
      const fillPeriods = (wanted) => {
        fill(form.elements.period, periods().map((period) => [period.label, period.name]).reverse());
        const newest = periods().filter((period) => period.complete).at(-1) ?? periods().at(-1);
        form.elements.period.value = periods().some((period) => period.label === wanted) ? wanted : newest.label;
      };
      const read = () => {
        const wanted = new URLSearchParams(location.hash.slice(1));
        const has = (list, value) => list.some((one) => one === value);
        form.elements.slice.value = has(slices.map((one) => one.id), wanted.get("slice")) ? wanted.get("slice") : slices[0].id;
        form.elements.grain.value = has(grains, wanted.get("grain")) ? wanted.get("grain") : usual;
        fillPeriods(wanted.get("period"));
      };
      const tell = async () => {
        const slice = slices.find((one) => one.id === form.elements.slice.value);
        const at = periods().findIndex((period) => period.label === form.elements.period.value);
        try {
          await show({ slice, grain: form.elements.grain.value, at, period: periods()[at] });
          said.textContent = `${slice.name}, ${periods()[at].name}`;
        } catch (error) {
          said.textContent = names.texts.failed;
        }
      };
      const link = () => {
        const choice = new URLSearchParams();
        for (const name of ["slice", "grain", "period"]) choice.set(name, form.elements[name].value);
        history.replaceState(null, "", `#${choice}`);
        keepHash();
      };

      form.elements.grain.addEventListener("change", () => fillPeriods(form.elements.period.value));
      form.addEventListener("change", () => { link(); tell(); });
      form.addEventListener("reset", (event) => {
        event.preventDefault();
        history.replaceState(null, "", location.pathname);
        read(); keepHash(); tell();
      });
      addEventListener("hashchange", () => { read(); keepHash(); tell(); });
      read();
      keepHash();
      form.hidden = false;
      return tell();
    },

    // Points of a sparkline in a box of 100 by 28; a gap where there is nothing to show ends a line.
    spark(values) {
      const known = values.filter((value) => value !== null && value !== undefined);
      const low = Math.min(...known), height = Math.max(...known) - low || 1;
      const lines = [[]];
      values.forEach((value, index) => {
        if (value === null || value === undefined) { lines.push([]); return; }
        const x = values.length > 1 ? (index / (values.length - 1)) * 100 : 50;
        lines.at(-1).push(`${x.toFixed(1)},${(26 - ((value - low) / height) * 24).toFixed(1)}`);
      });
      return lines.filter((line) => line.length > 1).map((line) => line.join(" "));
    },
  };

  function script(source) {
    return new Promise((done, fail) => {
      const element = make("script", { src: source, onload: done, onerror: () => fail(new Error(source)) });
      document.head.append(element);
    });
  }

  function make(tag, properties = {}) {
    return Object.assign(document.createElement(tag), properties);
  }

  // Options of a choice; those with a group stand under its name.
  function fill(select, options) {
    const groups = new Map();
    select.replaceChildren();
    for (const [value, textContent, group] of options) {
      let parent = select;
      if (group) {
        if (!groups.has(group)) {
          groups.set(group, make("optgroup", { label: group }));
          select.append(groups.get(group));
        }
        parent = groups.get(group);
      }
      parent.append(make("option", { value, textContent }));
    }
  }

  // Links that lead to the same view elsewhere take the reader's choice along.
  function keepHash() {
    for (const link of document.querySelectorAll("a[data-keep-hash]")) link.hash = location.hash;
  }

  window.orgpulse = orgpulse;
})();
