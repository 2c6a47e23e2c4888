// Moving goals, by dragging a row or by keys. The server decides which moves are allowed.
import { useRef, useState } from "preact/hooks";
import { nodes } from "../state.js";
import { feel } from "../telegram.js";
import { moveGoal } from "../edits.js";

const STEP = 14;
const EDGE = 70;

/** Gives {lifted, mark, handle(row), shift(row, by), indent(row), outdent(row)}. */
export function useDrag(rows, height) {
  const [state, setState] = useState({ lifted: null, mark: null });
  const now = useRef({});
  now.current.rows = rows;

  const handle = (row) => ({
    onPointerDown: (event) => {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      now.current = { ...now.current, row, list: event.currentTarget.closest('[role="tree"]'), x: event.clientX };
      feel.change();
      setState({ lifted: row.node.id, mark: null });
    },
    onPointerMove: (event) => {
      if (now.current.row?.node.id !== row.node.id) return;
      scrollAtEdge(event.clientY);
      now.current.mark = markAt(event, now.current, height);
      setState({ lifted: row.node.id, mark: now.current.mark });
    },
    onPointerUp: () => {
      const { mark } = now.current;
      now.current.row = now.current.mark = null;
      setState({ lifted: null, mark: null });
      if (mark) moveGoal(row.node.id, mark.parentId, mark.beforeId);
    },
    onPointerCancel: () => ((now.current.row = null), setState({ lifted: null, mark: null })),
  });
  return { ...state, handle, shift, indent, outdent };
}

function scrollAtEdge(y) {
  if (y < EDGE) scrollBy(0, -12);
  else if (y > innerHeight - EDGE) scrollBy(0, 12);
}

/** Where a row would land: between two rows, indented as far as the finger, and never below itself. */
function markAt(event, { rows, row, list, x }, height) {
  const box = list.getBoundingClientRect();
  const gap = Math.max(1, Math.min(rows.length, Math.round((event.clientY - box.top) / height)));
  const before = rows[gap - 1].node;
  const ahead = document.documentElement.dir === "rtl" ? -1 : 1;
  const wanted = row.node.depth + Math.round(((event.clientX - x) * ahead) / (2 * STEP));
  const deepest = before.depth + 1;
  const shallowest = Math.max(1, rows[gap]?.node.depth ?? 1);
  const depth = Math.max(shallowest, Math.min(deepest, wanted));
  let parent = before;
  while (parent && parent.depth >= depth) parent = nodes.value.get(parent.parentId);
  if (!parent || isBelow(parent.id, row.node.id)) return null;
  return { top: gap * height, depth, parentId: parent.id, beforeId: nextBelow(parent, rows.slice(gap), row) };
}

/** The child of a goal that follows in the visible rows; null for the last place. */
function nextBelow(parent, rows, lifted) {
  for (const { node } of rows) {
    if (node.depth <= parent.depth) return null;
    if (node.parentId === parent.id && node.id !== lifted.node.id) return node.id;
  }
  return null;
}

function isBelow(id, top) {
  for (let node = nodes.value.get(id); node; node = nodes.value.get(node.parentId)) if (node.id === top) return true;
  return false;
}

const parentOf = (row) => nodes.value.get(row.node.parentId);

/** One place up or down among its siblings. */
function shift(row, by) {
  const parent = parentOf(row);
  const at = parent ? parent.children.indexOf(row.node.id) + by : -1;
  if (at < 0 || at >= parent.children.length) return;
  moveGoal(row.node.id, parent.id, parent.children[by > 0 ? at + 1 : at] ?? null);
}

/** To the end of the children of the sibling before it. */
function indent(row) {
  const parent = parentOf(row);
  const before = parent?.children[parent.children.indexOf(row.node.id) - 1];
  if (before) moveGoal(row.node.id, before, null);
}

/** Behind its parent. */
function outdent(row) {
  const parent = parentOf(row);
  const above = nodes.value.get(parent?.parentId);
  if (above) moveGoal(row.node.id, above.id, above.children[above.children.indexOf(parent.id) + 1] ?? null);
}
