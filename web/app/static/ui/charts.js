// Figures as SVG, each with a description in words.
import { html, whole } from "./parts.js";
import { amount, daysBetween, month, n, number, percent, shortDay, t, year } from "../words.js";

const CELL = 13;
const GAP = 3;

/** A goal's year: a column per week, darker for more progress. A free day differs from a missed one. */
export function Year({ days: given, today }) {
  const first = given[0].date;
  const offset = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days = given.map(({ date, mark, progress }, at) => ({ day: date, x: Math.floor((at + offset) / 7), y: (at + offset) % 7, kind: kindOf(mark, progress, date, today) }));
  const due = days.filter(({ kind }) => DUE.has(kind));
  const done = due.filter(({ kind }) => kind === "done");
  const said = n("Done on {done} of {count} day.", "Done on {done} of {count} days.", due.length, { done: number(done.length) });
  const width = (Math.max(...days.map(({ x }) => x)) + 1) * CELL;
  return html`
    <section class="section padded" aria-labelledby="year"><h2 id="year">${year(first)}</h2><p class="sub">${said}</p>
      <div class="scroller" tabindex="0" role="group" aria-label=${t("Days of the year")} ref=${(place) => place && (place.scrollLeft = scrollTo(place, today, first, width))}>
        <svg class="year" width=${width} height=${7 * CELL + 18} role="img" aria-label=${said}>
          ${monthsOf(days).map(({ x, name }) => html`<text x=${x * CELL} y="11">${name}</text>`)}
          ${days.map(({ day, x, y, kind }) => html`<rect key=${day} class=${`day ${kind}`} x=${x * CELL} y=${18 + y * CELL} width=${CELL - GAP} height=${CELL - GAP} rx="2.5"><title>${shortDay(day)}</title></rect>`)}
        </svg></div>
      <${Table} days=${days} />
    </section>`;
}

const scrollTo = (place, today, first, width) => {
  const at = (daysBetween(first, today) / 366) * width - place.clientWidth + 40;
  return document.documentElement.dir === "rtl" ? -Math.max(0, at) : Math.max(0, at);
};

const DUE = new Set(["done", "most", "some", "missed", "open"]);

function kindOf(mark, progress, day, today) {
  if (day > today) return "ahead";
  if (mark === "partial") return progress >= 50 ? "most" : "some";
  return mark === "skipped" ? "off" : mark;
}

const monthsOf = (days) => days.filter(({ day }) => day.endsWith("-01")).map(({ day, x }) => ({ x, name: month(day) }));

/** The same as a list of months. */
function Table({ days }) {
  const months = Map.groupBy ? Map.groupBy(days, ({ day }) => day.slice(0, 7)) : grouped(days);
  const rows = [...months].map(([name, all]) => [name, all.filter(({ kind }) => kind === "done").length, all.filter(({ kind }) => DUE.has(kind)).length]);
  return html`<details><summary>${t("By month")}</summary><table>
    <thead><tr><th scope="col">${t("Month")}</th><th scope="col">${t("Done")}</th><th scope="col">${t("Due")}</th></tr></thead>
    <tbody>${rows.filter(([, , due]) => due).map(([name, done, due]) => html`<tr><th scope="row">${month(`${name}-01`)}</th><td>${number(done)}</td><td>${number(due)}</td></tr>`)}</tbody></table></details>`;
}

function grouped(days) {
  const months = new Map();
  for (const one of days) months.set(one.day.slice(0, 7), [...(months.get(one.day.slice(0, 7)) ?? []), one]);
  return months;
}

const MOST = 16;
const [WIDTH, TALL] = [320, 120];

/** The last periods of a goal, as columns of progress. */
export function Past({ node, points }) {
  const shown = points.slice(-MOST);
  if (shown.length < 2) return null;
  const met = shown.filter((point) => point.progress >= 100).length;
  const said = n("{met} of the last {count} period was met.", "{met} of the last {count} periods were met.", shown.length, { met: number(met) });
  const step = WIDTH / shown.length;
  return html`
    <section class="section padded" aria-labelledby="past"><h2 id="past">${t("Periods")}</h2><p class="sub">${said}</p>
      <svg class="past" viewBox=${`0 0 ${WIDTH} ${TALL + 16}`} role="img" aria-label=${said}>
        <path class="rule" d=${`M0 ${TALL}H${WIDTH}`} />
        ${shown.map((point, at) => {
          const tall = Math.max(2, (TALL * whole(point.progress)) / 100);
          return html`<rect class=${`column ${point.progress >= 100 ? "done" : ""} ${point.counts ? "" : "off"}`} x=${at * step + step * 0.15} y=${TALL - tall} width=${step * 0.7} height=${tall} rx="3"><title>${shortDay(point.periodStart)}</title></rect>`;
        })}
        <text x="0" y=${TALL + 14}>${shortDay(shown[0].periodStart)}</text>
        <text x=${WIDTH} y=${TALL + 14} text-anchor="end">${shortDay(shown.at(-1).periodStart)}</text>
      </svg>
      <details><summary>${t("As a table")}</summary><table>
        <thead><tr><th scope="col">${t("From")}</th><th scope="col">${t("Value")}</th><th scope="col">${t("Progress")}</th></tr></thead>
        <tbody>${shown.map((point) => html`<tr><th scope="row">${shortDay(point.periodStart)}</th><td>${amount(point.value, node.unit)}</td><td>${point.progress == null ? "–" : percent(point.progress)}</td></tr>`)}</tbody></table></details>
    </section>`;
}

/** A goal's progress beside an even pace: in amounts if it adds up or has a target, else in percent. */
export function Way({ node, way, even }) {
  const isAmount = node.targetValue != null && way.every((step) => step.value != null || step.progress === 0);
  const start = isAmount ? (node.baseline ?? 0) : 0;
  const end = isAmount ? node.targetValue : 100;
  const valueOf = (step) => (isAmount ? (step.value ?? start) : step.progress);
  const values = [...way.map(valueOf), start, end];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(1, daysBetween(node.periodStart, node.periodEnd) + 1);
  const x = (day) => ((daysBetween(node.periodStart, day) + 1) / span) * WIDTH;
  const y = (value) => 4 + (TALL - 4) * (1 - (value - low) / (high - low || 1));
  const path = (points) => points.map(([a, b], at) => `${at ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("");
  const said = saidOf(node, way, isAmount);
  const lead = node.direction === "at_most" ? [] : [[0, y(start)], ...even.map(({ date, share }) => [x(date), y(start + (end - start) * share)])];
  return html`
    <section class="section padded" aria-labelledby="way"><h2 id="way">${t("Way to the target")}</h2><p class="sub">${said}</p>
      <svg class="past" viewBox=${`0 0 ${WIDTH} ${TALL + 16}`} role="img" aria-label=${said}>
        <path class="rule" d=${`M0 ${TALL}H${WIDTH}`} /><path class="rule target" d=${`M0 ${y(end)}H${WIDTH}`} />
        <path class="even" d=${path(lead)} />
        <path class="way" d=${path([[0, y(start)], ...way.map((step) => [x(step.date), y(valueOf(step))])])} />
        <circle class="here" cx=${x(way.at(-1).date)} cy=${y(valueOf(way.at(-1)))} r="4" />
        <text x="0" y=${TALL + 14}>${shortDay(node.periodStart)}</text><text x=${WIDTH} y=${TALL + 14} text-anchor="end">${shortDay(node.periodEnd)}</text>
      </svg>
    </section>`;
}

function saidOf(node, way, isAmount) {
  const last = way.at(-1);
  const [now, target] = isAmount ? [amount(last.value, node.unit), amount(node.targetValue, node.unit)] : [percent(last.progress), percent(100)];
  return t("{now} of {target} on {day}; the dashed line is the even pace.", { now, target, day: shortDay(last.date) });
}
