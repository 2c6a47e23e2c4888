// One goal: its progress, its year, why it stands so, its entries, and its terms.
import { useState } from "preact/hooks";
import { get } from "../api.js";
import { change, leaves, nodes, say, takeBack, today, version } from "../state.js";
import { endPause } from "../edits.js";
import { above } from "../rollup.js";
import { Bar, howFar, html, Icon, Sheet, Skeleton, statusName, whole } from "../ui/parts.js";
import { Lost, useOwner, useRead } from "../ui/read.js";
import { go } from "../ui/route.js";
import { GoalActions } from "../ui/goal_actions.js";
import { LogSheet } from "../ui/log_sheet.js";
import { askedBy, Fault, Field, Form, Sure, typed } from "../ui/form.js";
import { Past, Way, Year } from "../ui/charts.js";
import { Why } from "../ui/why.js";
import { amount, dotted, fullDay, longDay, number, percent, plusDays, shortDay, t } from "../words.js";

export default function Goal({ id }) {
  const [open, setOpen] = useState(null);
  const mayPlan = useOwner()?.mayPlan;
  const node = nodes.value?.get(id);
  if (!node) return nodes.value ? html`<${Gone} />` : html`<${Skeleton} />`;
  const kpi = leaves.value?.find((one) => one.id === id);
  const isLeaf = !node.children.length;
  return html`
    <header class="goal-head">
      <p class="path" dir="auto">${above(nodes.value, id).reverse().map((one) => nodes.value.get(one).title).join(" › ")}</p>
      <h1 dir="auto">${node.title}</h1>
      <p class="big"><strong>${node.status === "tracked" ? amount(node.currentValue, node.unit) : percent(whole(node.progressPercentage))}</strong>
        <span class=${`figure is-${node.status}`}><em>${statusName(node.status)}</em></span></p>
      <${Bar} node=${node} large=${true} />
      <p class="sub">${standingOf(node)}</p>
      <div class="actions">
        ${kpi?.mine && html`<button class="plain" onClick=${() => setOpen("log")}><${Icon} name="today" />${t("Log")}</button>`}
        ${mayPlan && html`<button class="plain" onClick=${() => setOpen("edit")}><${Icon} name="edit" />${t("Change")}</button>
        <button class="plain" onClick=${() => setOpen("menu")}><${Icon} name="more" />${t("More")}</button>`}
      </div>
    </header>
    <${Figures} node=${node} />
    ${isLeaf && html`<${Entries} node=${node} />`}
    <${Pauses} node=${node} mayPlan=${mayPlan} />
    <${Terms} node=${node} />
    ${open === "log" && kpi && html`<${LogSheet} kpi=${kpi} close=${() => setOpen(null)} />`}
    ${["menu", "edit"].includes(open) && html`<${GoalActions} id=${id} start=${open === "edit" ? "edit" : null} close=${() => setOpen(null)} />`}`;
}

const Gone = () => html`
  <header class="head"><h1>${t("Goal")}</h1></header>
  <div class="empty"><p>${t("This goal is not here any more.")}</p><button class="main" onClick=${() => go("tree")}>${t("See the tree")}</button></div>`;

function standingOf(node) {
  const parts = [];
  if (node.targetValue != null) parts.push(howFar(node));
  if (node.toMakeUp) parts.push(t("{amount} to make up", { amount: amount(node.toMakeUp, node.unit) }));
  if (node.streak) parts.push(t("🔥 {current}, best {best}", { current: number(node.streak.current), best: number(node.streak.best) }));
  if (node.level !== "daily") parts.push(t("until {day}", { day: fullDay(node.periodEnd) }));
  return dotted(parts);
}

function Figures({ node }) {
  const vision = above(nodes.value, node.id).at(-1) ?? node.id;
  const figures = useRead(() => figuresOf(node, vision), [node.id, version.value, today.value]);
  if (!figures) return html`<${Skeleton} rows=${2} />`;
  if (figures.isLost) return html`<${Lost} />`;
  return html`
    <${Why} why=${figures.why} />
    ${figures.way.length > 1 && html`<${Way} node=${node} way=${figures.way} even=${figures.even} />`}
    ${figures.days.length > 0 && html`<${Year} days=${figures.days} today=${today.value} />`}
    ${figures.points.length > 1 && html`<${Past} node=${node} points=${figures.points} />`}`;
}

async function figuresOf(node, vision) {
  const isDaily = node.level === "daily";
  const dates = { from: plusDays(today.value, -399), to: today.value, kpiId: node.id };
  const [chart, past, why] = await Promise.all([
    get(`goals/${node.id}/chart`),
    isDaily ? null : get(`kpi-progress/${vision}`, dates),
    get(`goals/${node.id}/why`),
  ]);
  return { ...chart, why, points: past?.series[0]?.points ?? [] };
}

function Entries({ node }) {
  const [pages, setPages] = useState(1);
  const [edited, setEdited] = useState(null);
  const query = { kpiId: node.id, from: "2000-01-01", to: today.value, limit: 20 * pages };
  const page = useRead(() => get("kpi-logs", query), [node.id, version.value, pages]);
  if (!page || page.isLost) return null;
  return html`
    <section class="section padded" aria-labelledby="entries"><h2 id="entries">${t("Entries")}</h2>
      ${!page.logs.length && html`<p class="sub">${t("Nothing was logged yet.")}</p>`}
      <ul class="said">${page.logs.map((log) => html`<li key=${log.id}>
        <span class="what"><span dir="auto">${valueOf(log, node)}${log.note && html` <q dir="auto">${log.note}</q>`}</span><span class="sub">${longDay(log.date)}</span></span>
        ${log.isMine && html`<button class="round" aria-label=${t("Change the entry of {day}", { day: longDay(log.date) })} onClick=${() => setEdited(log)}><${Icon} name="edit" /></button>`}</li>`)}</ul>
      ${page.nextCursor && html`<button class="plain" onClick=${() => setPages(pages + 1)}>${t("Earlier ones")}</button>`}
    </section>
    ${edited && html`<${EntrySheet} log=${edited} node=${node} close=${() => setEdited(null)} />`}`;
}

const valueOf = (log, node) => (log.skipped ? t("skipped") : node.unit || log.value > 1 || !log.isCompleted ? amount(log.value, node.unit) : t("done"));

function EntrySheet({ log, node, close }) {
  const [value, setValue] = useState(String(log.value ?? ""));
  const [note, setNote] = useState(log.note ?? "");
  const [fault, setFault] = useState("");
  const save = async () => {
    if (Number.isNaN(typed(value)) && !log.skipped) return setFault(t("Type a number, such as 5 or 2.5.")), false;
    const said = log.skipped ? { skipped: true } : isTick(log, node) ? { isCompleted: true } : { value: typed(value) };
    const isDone = await change("PATCH", `kpi-logs/${log.id}`, { body: { ...said, note } });
    return Boolean(isDone && (say(t("Changed.")), true));
  };
  return html`<${Sheet} title=${dotted([node.title, longDay(log.date)])} close=${close}>
    <${Form} say=${t("Save")} isUnsaved=${note !== (log.note ?? "") || value !== String(log.value ?? "")} close=${close} work=${save}>
      ${!log.skipped && !isTick(log, node) && html`<${Field} label=${`${t("Amount")}${node.unit ? ` (${node.unit})` : ""}`} inputmode="decimal" value=${value} aria-invalid=${Boolean(fault)} give=${(text) => (setValue(text), setFault(""))} />`}
      <${Fault} text=${fault} />
      <${Field} label=${t("Note")} maxlength="1000" value=${note} give=${setNote} /><//>
    <div class="actions"><${Sure} say=${t("Delete")} asks=${t("Delete this entry?")} sure=${t("Delete it")} work=${() => (close(), takeBack(log.id))} /></div>
  <//>`;
}

/** A tick counts as 1 in a goal without a unit; the server corrects it if need be. */
const isTick = (log, node) => !node.unit && log.isCompleted && log.value === 1 && leaves.value?.find((one) => one.id === node.id)?.measure !== "number";

/** Present and coming days off: of the goal, of one above it, or of everything. */
function Pauses({ node, mayPlan }) {
  const answer = useRead(() => get("pauses"), [node.id, version.value]);
  const ids = new Set([null, node.id, ...above(nodes.value, node.id)]);
  const shown = (answer?.pauses ?? []).filter((one) => ids.has(one.goalId) && one.to >= today.value);
  if (!shown.length) return null;
  return html`
    <section class="section padded" aria-labelledby="pauses"><h2 id="pauses">${t("Pauses")}</h2>
      <ul class="said">${shown.map((one) => html`<li key=${one.id}>
        <span class="what"><span>${t("{from} to {to}", { from: shortDay(one.from), to: fullDay(one.to) })}</span>
        ${one.goalId !== node.id && html`<span class="sub" dir="auto">${one.goalId === null ? t("everything") : nodes.value.get(one.goalId).title}</span>`}</span>
        ${mayPlan && html`<button class="plain" onClick=${() => endPause(one)}>${t("End the pause")}</button>`}</li>`)}</ul>
    </section>`;
}

function Terms({ node }) {
  const history = useRead(() => get(`goals/${node.id}/terms`), [node.id, version.value]);
  if (!history || history.isLost) return null;
  return html`
    <section class="section padded" aria-labelledby="terms"><h2 id="terms">${t("What is asked")}</h2>
      <ul class="said">${history.terms.map((one, at) => html`<li key=${at}>
        <span class="what"><span dir="auto">${askedBy(one, node)}</span>
        <span class="sub">${one.from ? t("from {day} on", { day: fullDay(one.from) }) : t("from {day} on", { day: fullDay(history.startsOn) })}</span></span></li>`)}</ul>
    </section>`;
}
