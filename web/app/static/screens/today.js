// Today: the day's leaves below the goals that they count towards. A tap ticks, and all bars above move at once.
import { useRef, useState } from "preact/hooks";
import { feel } from "../telegram.js";
import { held, leaves, lookAt, nodes, roots, shownDay, tick, today, yesterday } from "../state.js";
import { above } from "../rollup.js";
import { Bar, howFar, html, Icon, Skeleton, statusName, whole } from "../ui/parts.js";
import { LogSheet } from "../ui/log_sheet.js";
import { Lost, useOwner } from "../ui/read.js";
import { go } from "../ui/route.js";
import { amount, dotted, longDay, n, number, percent, t } from "../words.js";

const LONG = 450;
const SWIPE = 60;

export function Today() {
  const [open, setOpen] = useState(null);
  const swipe = useSwipe(() => lookAt(true), () => lookAt(false));
  const shown = leaves.value;
  const asked = shown?.find((kpi) => kpi.id === open);
  return html`
    <div ...${swipe}>
      <header class="head">
        <h1>${yesterday.value ? t("Yesterday") : t("Today")}</h1>
        <div class="segments" role="group" aria-label=${t("Day")}>
          <button aria-pressed=${yesterday.value} onClick=${() => lookAt(true)}>${t("Yesterday")}</button>
          <button aria-pressed=${!yesterday.value} onClick=${() => lookAt(false)}>${t("Today")}</button>
        </div>
        <p>${dotted([shownDay.value && longDay(shownDay.value), shown?.length && doneOf(shown)])}</p>
      </header>
      ${!shown || !nodes.value ? html`<${Skeleton} />` : html`<${Sections} shown=${shown} open=${setOpen} />`}
    </div>
    ${asked && html`<${LogSheet} kpi=${asked} close=${() => setOpen(null)} />`}`;
}

const doneOf = (shown) =>
  t("{done} of {all} done", { done: number(shown.filter(isSettled).length), all: number(shown.length) });
const isSettled = (kpi) => kpi.mine?.isCompleted || kpi.skipped;

function Sections({ shown, open }) {
  if (!roots.value.length) return html`<${NoGoals} />`;
  if (!shown.length) return html`<${Empty} text=${t("Nothing to do on this day.")} />`;
  const byId = new Map(shown.map((kpi) => [kpi.id, kpi]));
  const needed = new Set(shown.flatMap((kpi) => above(nodes.value, kpi.id)));
  return roots.value.filter((id) => needed.has(id) || byId.has(id)).map((id) => html`<section class="section" key=${id}>${rowsBelow(id, byId, needed, open)}</section>`);
}

/** A newcomer's first screen, here and in the tree. */
export function NoGoals() {
  const viewed = useOwner();
  if (!viewed) return html`<${Skeleton} rows=${1} />`;
  if (viewed.isLost) return html`<${Lost} />`;
  if (!viewed.mayPlan) return html`<${Empty} text=${t("No goals yet. An admin plans the first one: with /plan in the group.")} />`;
  return html`
    <div class="empty"><p>${t("No goals yet. Say what you want in one sentence, and a tree is proposed.")}</p>
      <button class="main" onClick=${() => go("plan")}>${t("Plan the first one")}</button></div>`;
}

const Empty = ({ text }) => html`<p class="empty">${text}</p>`;

/** The goals above the day's leaves, in the order of the tree. */
function rowsBelow(id, byId, needed, open) {
  const [node, kpi] = [nodes.value.get(id), byId.get(id)];
  if (kpi) return [html`<${Leaf} kpi=${kpi} open=${open} key=${id} />`];
  if (!needed.has(id)) return [];
  return [html`<${Above} node=${node} key=${id} />`, ...node.children.flatMap((child) => rowsBelow(child, byId, needed, open))];
}

/** A goal above the leaves, shown for its moving bar. */
const Above = ({ node }) => html`
  <button class=${`above ${node.parentId ? "" : "vision"}`} data-node=${node.id} onClick=${() => go("goal", { id: node.id })}>
    <span class="title" dir="auto">${node.title}</span>
    <span class=${`figure is-${node.status}`}>${["behind", "at_risk"].includes(node.status) && html`<em>${statusName(node.status)}</em>`}${percent(whole(node.progressPercentage))}</span>
    <${Bar} node=${node} large=${!node.parentId} />
  </button>`;

/** A leaf: a tap ticks it if it is open; otherwise, or if it needs a typed number, it opens the sheet. */
function Leaf({ kpi, open }) {
  const wait = held.value.some((one) => one.kpi.id === kpi.id && one.date === shownDay.value);
  const isDone = kpi.mine?.isCompleted ?? kpi.isCompleted;
  const offer = offerOf(kpi);
  const isOpen = !isDone && !kpi.skipped && offer !== null && kpi.mine;
  const tap = () => (isOpen && !wait ? tick(kpi, offer) : kpi.mine && open(kpi.id));
  const press = useLongPress(() => kpi.mine && open(kpi.id), tap);
  const state = wait ? "wait" : kpi.skipped ? "skip" : isDone || isTicked(kpi) ? "today" : null;
  return html`
    <div class=${`leaf ${isDone ? "is-done" : ""} ${kpi.skipped ? "is-skipped" : ""}`} data-leaf=${kpi.id}>
      <button class="tick" ...${press} aria-label=${labelOf(kpi, { isDone, wait, isOpen, offer })}>
        <span class=${`mark ${state ?? ""}`}>${state && html`<${Icon} name=${state} />`}</span>
        <span class="what"><span class="title" dir="auto">${kpi.title}</span><span class="sub" dir="auto">${subOf(kpi, wait)}</span></span>
      </button>
      ${kpi.mine && html`<button class="round more" aria-label=${t("More for {title}", { title: kpi.title })} onClick=${() => open(kpi.id)}><${Icon} name="more" /></button>`}
    </div>`;
}

/** The log of a single tap: a tick, or the usual or missing amount. Null if a number has to be typed. */
export function offerOf(kpi) {
  if (kpi.measure === "check") return isTicked(kpi) ? null : {};
  if (kpi.direction === "at_most" || kpi.status === "tracked" || kpi.baseline != null || !kpi.offers.length) return null;
  const sums = (kpi.aggregate ?? "sum") === "sum";
  const missing = sums && kpi.level === "daily" && targetOf(kpi) > valueOf(kpi) ? targetOf(kpi) - valueOf(kpi) : null;
  const value = missing ?? (sums ? kpi.offers[0] - (kpi.dayValue ?? 0) : kpi.offers[0]);
  return value > 0 ? { value: Math.round(value * 1e6) / 1e6 } : null;
}

const isTicked = (kpi) => kpi.measure === "check" && kpi.dayValue > 0;

function subOf(kpi, wait) {
  const parts = [];
  if (wait) parts.push(t("waits to be sent"));
  if (kpi.skipped) parts.push(t("skipped"));
  else if (targetOf(kpi) != null && (kpi.measure === "number" || targetOf(kpi) > 1)) parts.push(howMuch(kpi));
  else if (kpi.currentValue != null && kpi.dayValue != null && kpi.measure === "number") parts.push(amount(kpi.currentValue, kpi.unit));
  if (kpi.people) parts.push(t("{done} of {all} members", { done: number(kpi.people.done), all: number(kpi.people.due) }));
  if (kpi.streak?.current > 1) parts.push(`🔥 ${number(kpi.streak.current)}`);
  return dotted(parts);
}

const targetOf = (kpi) => (kpi.mine ?? kpi).targetValue;
const valueOf = (kpi) => (kpi.mine ?? kpi).currentValue ?? 0;
const howMuch = (kpi) => howFar({ ...kpi, ...kpi.mine });

function labelOf(kpi, { isDone, wait, isOpen, offer }) {
  const state = wait ? t("waits to be sent") : kpi.skipped ? t("skipped") : isDone || isTicked(kpi) ? t("done") : t("open");
  const does = !isOpen ? t("tap to change") : offer.value ? t("tap to log {amount}", { amount: amount(offer.value, kpi.unit) }) : t("tap to tick");
  const streak = kpi.streak?.current > 1 ? n("a streak of {count}", "a streak of {count}", kpi.streak.current) : "";
  const much = targetOf(kpi) != null && kpi.measure === "number" ? howMuch(kpi) : "";
  return [kpi.title, much, streak, state, kpi.mine ? does : ""].filter(Boolean).join(", ");
}

function useLongPress(long, tap) {
  const press = useRef({});
  const end = () => clearTimeout(press.current.timer);
  return {
    onPointerDown: (event) => {
      press.current = { x: event.clientX, y: event.clientY, wasLong: false };
      press.current.timer = setTimeout(() => ((press.current.wasLong = true), feel.change(), long()), LONG);
    },
    onPointerMove: (event) => Math.hypot(event.clientX - press.current.x, event.clientY - press.current.y) > 10 && end(),
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: end,
    onContextMenu: (event) => event.preventDefault(),
    onClick: () => (press.current.wasLong ? (press.current.wasLong = false) : tap()),
  };
}

/** A swipe in the direction of reading brings yesterday, the opposite one today. */
function useSwipe(toYesterday, toToday) {
  const from = useRef(null);
  return {
    onTouchStart: ({ touches: [touch] }) => (from.current = [touch.clientX, touch.clientY]),
    onTouchEnd: ({ changedTouches: [touch] }) => {
      if (!from.current) return;
      const ahead = document.documentElement.dir === "rtl" ? -1 : 1;
      const [x, y] = [(touch.clientX - from.current[0]) * ahead, touch.clientY - from.current[1]];
      from.current = null;
      if (Math.abs(x) < SWIPE || Math.abs(x) < 2 * Math.abs(y)) return;
      if (x > 0 && !yesterday.value) toYesterday();
      if (x < 0 && yesterday.value) toToday();
    },
  };
}
