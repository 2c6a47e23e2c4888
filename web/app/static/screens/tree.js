// The tree: every goal with its progress. Only visible rows are rendered, so that thousands scroll smoothly.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { nodes, owner, roots } from "../state.js";
import { feel } from "../telegram.js";
import { Bar, html, Icon, Skeleton, statusName, whole } from "../ui/parts.js";
import { GoalActions } from "../ui/goal_actions.js";
import { useDrag } from "../ui/drag.js";
import { useOwner } from "../ui/read.js";
import { go } from "../ui/route.js";
import { NoGoals } from "./today.js";
import { dotted, number, percent, t } from "../words.js";

const HEIGHT = 60;
/** The height of a row, measured: some phones draw text larger than the page says. */
function heightOfRows() {
  const probe = Object.assign(document.createElement("span"), { textContent: "Goals as a tree", style: "position: absolute; visibility: hidden; white-space: nowrap; font: 16px sans-serif" });
  document.body.append(probe);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "16px sans-serif";
  const scale = probe.offsetWidth / pen.measureText(probe.textContent).width;
  probe.remove();
  return Math.round(HEIGHT * Math.max(1, scale));
}
const AROUND = 8;
const ROOMY = 24;
const STEP = 14;
const MOST_STEPS = 7;

const place = () => `goaltree.open.${owner.value?.id}`;
/** The unfolded goals; null until the person folds something. */
const kept = () => {
  try {
    const ids = JSON.parse(localStorage.getItem(place()));
    return ids && new Set(ids);
  } catch {
    return null;
  }
};

export default function Tree() {
  const [height] = useState(heightOfRows);
  const mayPlan = useOwner()?.mayPlan;
  const [folded, setOpen] = useState(kept);
  // The screen may be opened before the goals are loaded.
  const atFirst = useMemo(openAtFirst, [nodes.value === null]);
  const open = folded ?? atFirst;
  const [focus, setFocus] = useState(null);
  const [acted, setActed] = useState(null);
  const [isArranging, setArranging] = useState(false);
  const list = useRef(null);
  // Computed once for a tree and its folds, not for every row that is scrolled by.
  const rows = useMemo(() => (nodes.value ? shownRows(open) : []), [nodes.value, roots.value, open]);
  const [first, last] = useSight(list, rows.length, height);
  const drag = useDrag(rows, height);
  if (!nodes.value) return html`<${Skeleton} rows=${7} />`;
  const change = (id, isOpen) => {
    const next = new Set(open);
    isOpen ? next.add(id) : next.delete(id);
    setOpen(next);
    feel.change();
    try {
      localStorage.setItem(place(), JSON.stringify([...next]));
    } catch {
      // Storage is full or forbidden: the next visit starts with the default folds.
    }
  };
  const active = rows.some((row) => row.node.id === focus) ? focus : rows[0]?.node.id;
  const move = (index) => focusRow(list.current, rows, index, setFocus);
  const keys = (event) => keyed(event, { rows, at: rows.findIndex((row) => row.node.id === active), move, change, act: mayPlan ? setActed : null, drag });
  const shown = rows.slice(first, last);
  const focused = rows.find((row) => row.node.id === active);
  if (focused && !shown.includes(focused)) shown.push(focused);
  return html`
    <header class="head"><h1>${t("Tree")}</h1>
      <div class="tools">
        ${mayPlan && rows.length > 0 && html`<button class="plain" aria-pressed=${isArranging} onClick=${() => setArranging(!isArranging)}>${isArranging ? t("Done") : t("Arrange")}</button>`}
        ${mayPlan && html`<button class="plain" onClick=${() => go("plan")}><${Icon} name="add" />${t("Add")}</button>`}
      </div></header>
    ${isArranging && html`<p class="hint">${t("Drag a goal by its lines, or move it with Alt and the arrow keys.")}</p>`}
    ${rows.length === 0 && html`<${NoGoals} />`}
    <div class="section tree" ref=${list} role="tree" aria-label=${t("Tree")} onKeyDown=${keys} style=${{ height: `${rows.length * height}px` }}>
      ${shown.map((row) => html`<${Row} key=${row.node.id} row=${row} height=${height} isActive=${row.node.id === active} isArranging=${isArranging} drag=${drag} change=${change} act=${mayPlan ? setActed : null} onFocus=${() => setFocus(row.node.id)} />`)}
      ${drag.mark && html`<div class="drop" style=${{ top: `${drag.mark.top}px`, insetInlineStart: `${44 + drag.mark.depth * STEP}px` }}></div>`}
    </div>
    ${acted !== null && html`<${GoalActions} id=${acted} close=${() => setActed(null)} />`}`;
}

/** The default: everything unfolded if there are few goals, else only the first levels. */
function openAtFirst() {
  if (!nodes.value) return new Set();
  const all = [...nodes.value.values()].filter((node) => node.children.length);
  for (let depth = 8; depth >= 0; depth -= 1) {
    if ([...nodes.value.values()].filter((node) => node.depth <= depth + 1).length <= ROOMY || depth === 0) {
      return new Set(all.filter((node) => node.depth <= depth).map((node) => node.id));
    }
  }
}

/** The rows in order: {node, at, of, index}, the place among siblings and among all rows. */
function shownRows(open) {
  const rows = [];
  const waiting = siblings(roots.value);
  while (waiting.length) {
    const row = waiting.pop();
    row.index = rows.length;
    row.isOpen = row.node.children.length ? open.has(row.node.id) : undefined;
    rows.push(row);
    if (row.isOpen) waiting.push(...siblings(row.node.children));
  }
  return rows;
}

const siblings = (ids) => ids.map((id, at) => ({ node: nodes.value.get(id), at: at + 1, of: ids.length })).filter((row) => row.node).reverse();

/** The visible rows, and some around them. */
function useSight(list, count, height) {
  const [top, setTop] = useState(0);
  useEffect(() => {
    let waits = false;
    const look = () => {
      waits = false;
      const box = list.current?.getBoundingClientRect();
      if (box) setTop(Math.max(0, Math.floor(-box.top / height / 4) * 4));
    };
    const soon = () => (waits ||= Boolean(requestAnimationFrame(look)));
    for (const event of ["scroll", "resize"]) addEventListener(event, soon, { passive: true });
    look();
    return () => ["scroll", "resize"].forEach((event) => removeEventListener(event, soon));
  }, [count, height]);
  return [Math.max(0, top - AROUND), top + Math.ceil(innerHeight / height) + AROUND + 4];
}

function focusRow(list, rows, index, setFocus) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  if (!row) return;
  setFocus(row.node.id);
  requestAnimationFrame(() => list.querySelector(`[data-node="${row.node.id}"]`)?.focus());
}

/** Arrows move and fold as in any tree view; Enter opens. With `act` (the person may plan), the menu key opens the
 * actions, and Alt with arrows moves the goal itself. */
function keyed(event, { rows, at, move, change, act, drag }) {
  const row = rows[at];
  if (!row || !event.target.matches('[role="treeitem"]')) return;
  const ahead = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const behind = ahead === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const parent = rows.findIndex((one) => one.node.id === row.node.parentId);
  const isMove = event.altKey && act;
  const works = {
    ArrowDown: () => (isMove ? drag.shift(row, 1) : move(at + 1)),
    ArrowUp: () => (isMove ? drag.shift(row, -1) : move(at - 1)),
    [ahead]: () => (isMove ? drag.indent(row) : row.isOpen === false ? change(row.node.id, true) : row.isOpen && move(at + 1)),
    [behind]: () => (isMove ? drag.outdent(row) : row.isOpen ? change(row.node.id, false) : parent >= 0 && move(parent)),
    Home: () => move(0),
    End: () => move(rows.length - 1),
    Enter: () => go("goal", { id: row.node.id }),
    " ": () => act?.(row.node.id),
    ContextMenu: () => act?.(row.node.id),
  };
  if (!works[event.key]) return;
  event.preventDefault();
  works[event.key]();
}

function Row({ row, height, isActive, isArranging, drag, change, act, onFocus }) {
  const { node } = row;
  const indent = Math.min(node.depth, MOST_STEPS) * STEP;
  const isLifted = drag.lifted === node.id;
  return html`
    <div class=${`node ${node.parentId ? "" : "vision"} ${isLifted ? "is-lifted" : ""}`} role="treeitem" data-node=${node.id} tabindex=${isActive ? 0 : -1} onFocus=${onFocus}
      aria-level=${node.depth + 1} aria-setsize=${row.of} aria-posinset=${row.at} aria-expanded=${row.isOpen} aria-label=${labelOf(node)}
      style=${{ top: `${row.index * height}px`, height: `${height}px`, paddingInlineStart: `${indent}px` }}>
      <button tabindex="-1" class=${`fold ${row.isOpen ? "is-open" : ""}`} aria-hidden="true" disabled=${row.isOpen === undefined} onClick=${() => change(node.id, !row.isOpen)}>
        ${row.isOpen !== undefined && html`<${Icon} name="fold" />`}</button>
      <button tabindex="-1" class="what" aria-hidden="true" onClick=${() => go("goal", { id: node.id })}>
        <span class="line"><span class="title" dir="auto">${node.title}</span><span class="figure">${figureOf(node)}</span></span>
        <${Bar} node=${node} />
        <span class="sub">${subOf(node)}</span></button>
      ${isArranging && node.parentId
        ? html`<button tabindex="-1" class="round handle" aria-hidden="true" ...${drag.handle(row)}><${Icon} name="drag" /></button>`
        : act && html`<button tabindex="-1" class="round more" aria-hidden="true" onClick=${() => act(node.id)}><${Icon} name="more" /></button>`}
    </div>`;
}

const figureOf = (node) => (node.status === "tracked" ? number(node.currentValue) : percent(whole(node.progressPercentage)));

function subOf(node) {
  const parts = [statusName(node.status)];
  if (node.toMakeUp) parts.push(t("{amount} to make up", { amount: [number(node.toMakeUp), node.unit].filter(Boolean).join(" ") }));
  if (node.streak?.current > 1) parts.push(`🔥 ${number(node.streak.current)}`);
  return dotted(parts);
}

const labelOf = (node) => [node.title, figureOf(node), subOf(node)].filter(Boolean).join(", ");
