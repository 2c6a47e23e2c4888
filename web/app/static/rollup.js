// Predicts what a tick does to the bars above it. Sums are exact; for goals that depend on the days of their period the
// prediction is close enough, and the server's answer corrects it a moment later.

/** The nodes of all visions as a map by id, each with its `parentId` and the ids of its `children`. */
export function indexed(visions) {
  const nodes = new Map();
  const waiting = visions.map((vision) => [vision, null, 0]);
  while (waiting.length) {
    const [node, parentId, depth] = waiting.pop();
    const children = node.children ?? [...(node.quarterlyTargets ?? []), ...(node.kpis ?? [])];
    const { kpis, quarterlyTargets, ...own } = node;
    nodes.set(node.id, { ...own, parentId, depth, children: children.map((child) => child.id) });
    for (const child of children) waiting.push([child, node.id, depth + 1]);
  }
  return nodes;
}

/** The ids from a node's parent up to the vision. */
export function above(nodes, id) {
  const ids = [];
  for (let node = nodes.get(nodes.get(id)?.parentId); node; node = nodes.get(node.parentId)) ids.push(node.id);
  return ids;
}

/** The nodes after an unanswered tick {kpi, date, value, skipped}. */
export function foreseen(nodes, tick) {
  const leaf = nodes.get(tick.kpi.id);
  if (!leaf || tick.skipped || tick.date < leaf.periodStart || tick.date > leaf.periodEnd) return nodes;
  const changed = new Map(nodes);
  const after = leafAfter(leaf, tick);
  changed.set(leaf.id, after);
  let [child, step] = [leaf, after.progressPercentage - leaf.progressPercentage];
  for (const id of above(nodes, leaf.id)) {
    const parent = nodes.get(id);
    const next = parentAfter(nodes, parent, child, step, tick);
    changed.set(id, next);
    [child, step] = [parent, next.progressPercentage - parent.progressPercentage];
  }
  return changed;
}

/** A leaf after a tick. The bars of limits and of goals without a target wait for the server. */
export function leafAfter(leaf, tick) {
  const so_far = leaf.currentValue ?? 0;
  const value = tick.kpi.measure === "check" ? so_far + (tick.kpi.dayValue ? 0 : 1) : valueAfter(so_far, tick);
  if (leaf.direction === "at_most" || leaf.status === "tracked" || leaf.targetValue == null) {
    return { ...leaf, currentValue: value };
  }
  const from = leaf.baseline ?? 0;
  const way = leaf.targetValue - from;
  return { ...leaf, currentValue: value, progressPercentage: held((100 * (value - from)) / way) };
}

function valueAfter(so_far, tick) {
  const kind = tick.kpi.aggregate ?? (tick.kpi.baseline == null ? "sum" : "last");
  if (kind === "sum") return so_far + tick.value;
  if (kind === "max") return Math.max(so_far, tick.value);
  if (kind === "min") return Math.min(so_far || tick.value, tick.value);
  return kind === "last" ? tick.value : so_far;
}

function parentAfter(nodes, parent, child, step, tick) {
  if (parent.progressPercentage == null) return parent;
  if (parent.strategy === "sum") {
    const added = addsTo(nodes, parent, tick);
    const value = (parent.currentValue ?? 0) + added;
    const progress = parent.targetValue ? held((100 * value) / parent.targetValue) : parent.progressPercentage;
    return { ...parent, currentValue: value, progressPercentage: progress };
  }
  if (parent.strategy !== null && parent.strategy !== "average") return parent; // minimum, maximum, count
  const counted = parent.children.map((id) => nodes.get(id)).filter((one) => one && one.status !== "tracked" && one.status !== "inactive");
  const weights = counted.reduce((sum, one) => sum + (one.weight ?? 1), 0);
  const share = Math.min(1, days(child) / days(parent));
  const more = weights ? (step * (child.weight ?? 1) * share) / weights : 0;
  return { ...parent, progressPercentage: held(parent.progressPercentage + more) };
}

const unitOf = (node) => (node.unit ?? "").toLowerCase();

/** The children that add to a sum: those with its unit or, if there are none, the ticks. */
function addsTo(nodes, parent, tick) {
  if (tick.kpi.measure === "check") return hasNumbers(nodes, parent) || tick.kpi.dayValue ? 0 : 1;
  const isSum = (tick.kpi.aggregate ?? "sum") === "sum" && tick.kpi.baseline == null;
  return isSum && unitOf(tick.kpi) === unitOf(parent) ? tick.value : 0;
}

function hasNumbers(nodes, parent) {
  const waiting = [...parent.children];
  while (waiting.length) {
    const node = nodes.get(waiting.pop());
    if (!node) continue;
    if (!node.children.length && node.unit && unitOf(node) === unitOf(parent)) return true;
    waiting.push(...node.children);
  }
  return false;
}

const days = (node) => (Date.parse(node.periodEnd) - Date.parse(node.periodStart)) / 864e5 + 1;
const held = (progress) => Math.max(0, Math.min(100, progress));
