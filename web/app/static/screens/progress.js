// The dashboard: the present day, week, month, quarter and year, streaks, and goals that are behind with advice.
import { get } from "../api.js";
import { leaves, nodes, roots, version } from "../state.js";
import { Bar, html, Skeleton, whole } from "../ui/parts.js";
import { Lost, useRead } from "../ui/read.js";
import { go } from "../ui/route.js";
import { NoGoals } from "./today.js";
import { amount, n, number, percent, t } from "../words.js";

const MOST = 5;

export default function Progress() {
  const summary = useRead(() => get("progress/summary"), [version.value]);
  return html`<header class="head"><h1>${t("Progress")}</h1></header>${shown(summary)}`;
}

function shown(summary) {
  if (summary?.isLost) return html`<${Lost} />`;
  if (!summary || !nodes.value) return html`<${Skeleton} rows=${5} />`;
  if (!roots.value.length) return html`<${NoGoals} />`;
  return html`<${Widgets} summary=${summary} /><${Behind} /><${Streaks} streaks=${summary.streaks} />`;
}

/** Only levels that have goals: an empty one is not at 0%. */
function Widgets({ summary }) {
  const levels = new Set([...nodes.value.values()].filter((node) => !["off", "inactive", "tracked"].includes(node.status)).map((node) => node.level));
  const shown = [
    ["daily", t("Today"), summary.daily.rate, t("{done} of {all} done", { done: number(summary.daily.completed), all: number(summary.daily.total) })],
    ["weekly", t("This week"), summary.weekly.progress, onTrack(summary.weekly.kpisOnTrack)],
    ["monthly", t("This month"), summary.monthly.progress, n("{count} goal met", "{count} goals met", summary.monthly.milestonesHit)],
    ["quarterly", t("This quarter"), summary.quarterly.progress, hasPowerGoals() && n("{count} power goal on track", "{count} power goals on track", summary.quarterly.powerGoalsOnTrack)],
    ["yearly", t("This year"), summary.yearly.progress, onTrack(summary.yearly.kpisOnTrack)],
  ].filter(([level]) => levels.has(level));
  return html`<div class="widgets">${shown.map(([level, name, progress, said]) => html`
    <section class="section widget" key=${level}><h2>${name}</h2><p class="big"><strong>${percent(progress)}</strong></p>
      <${Bar} node=${{ title: name, progressPercentage: progress }} />${said && html`<p class="sub">${said}</p>`}</section>`)}</div>`;
}

const hasPowerGoals = () => [...nodes.value.values()].some((node) => node.kind === "power_goal");

const onTrack = (count) => n("{count} on track", "{count} on track", count);

function Behind() {
  const late = [...nodes.value.values()].filter((node) => ["behind", "at_risk"].includes(node.status));
  late.sort((a, b) => a.progressPercentage - a.pacePercentage - (b.progressPercentage - b.pacePercentage));
  return html`
    <section class="section padded" aria-labelledby="behind"><h2 id="behind">${t("Behind")}</h2>
      ${!late.length && html`<p class="sub">${t("Nothing is behind its pace.")}</p>`}
      <ul>${late.slice(0, MOST).map((node) => html`<li key=${node.id}><button class="above" onClick=${() => go("goal", { id: node.id })}>
        <span class="title" dir="auto">${node.title}</span><span class="figure">${percent(whole(node.progressPercentage))}</span><${Bar} node=${node} />
        <span class="sub advice" dir="auto">${adviceOn(node)}</span></button></li>`)}</ul>
    </section>`;
}

/** What would help: the missing amount, or the open leaf below. */
function adviceOn(node) {
  if (node.toMakeUp) return t("{amount} would bring it back on pace.", { amount: amount(node.toMakeUp, node.unit) });
  const open = leaves.value?.find((kpi) => !kpi.isCompleted && !kpi.skipped && isBelow(kpi.id, node.id));
  return open ? t("Next: {title}.", { title: nodes.value.get(open.id)?.title ?? open.title }) : t("Nothing of it is open today.");
}

function isBelow(id, top) {
  for (let node = nodes.value.get(id); node; node = nodes.value.get(node.parentId)) if (node.id === top) return true;
  return false;
}

const Streaks = ({ streaks }) => html`
  <section class="section padded" aria-labelledby="streaks"><h2 id="streaks">${t("Streaks")}</h2>
    <dl class="figures"><div><dt>${t("Best ever")}</dt><dd>${number(streaks.best)}</dd></div><div><dt>${t("On average")}</dt><dd>${number(streaks.average)}</dd></div><div><dt>${t("All together")}</dt><dd>${number(streaks.total)}</dd></div></dl>
    <ul>${longest().map((node) => html`<li key=${node.id} class="streak"><span dir="auto">${node.title}</span><span>🔥 ${number(node.streak.current)}</span></li>`)}</ul>
  </section>`;

const longest = () => [...nodes.value.values()].filter((node) => node.streak?.current > 0).sort((a, b) => b.streak.current - a.streak.current).slice(0, MOST);
