// The app's state: the owner's trees and day as last sent by the server, with unanswered ticks applied. Everything on
// screen is derived from it.
import { batch, computed, signal } from "@preact/signals-core";
import { ask, askFor, get, Unanswered } from "./api.js";
import * as queue from "./queue.js";
import { foreseen, indexed, leafAfter } from "./rollup.js";
import { feel, isActive, language, startParam } from "./telegram.js";
import { whyUnanswered } from "./trouble.js";
import { n, plusDays, speak, t } from "./words.js";

const EVERY = 5000;

export const owners = signal([]);
export const owner = signal(null);
export const problem = signal(null);
export const told = signal(null);
export const yesterday = signal(false);
const trees = signal(null);
const day = signal(null);

const ownerId = () => owner.value?.id ?? "";
export const today = computed(() => owner.value?.today);
export const shownDay = computed(() => (yesterday.value && today.value ? plusDays(today.value, -1) : today.value));

const onTheWay = computed(() => queue.waiting.value.filter((tick) => !tick.isHeld && tick.owner === ownerId()));
/** This owner's unanswered ticks, by goal. */
export const held = computed(() => queue.waiting.value.filter((tick) => tick.isHeld && tick.owner === ownerId()));
/** All nodes by id, with unanswered ticks applied. Null until they are loaded. */
export const nodes = computed(() => trees.value && onTheWay.value.reduce(foreseen, trees.value.nodes));
/** Changes whenever anything in the trees changes. */
export const version = computed(() => trees.value?.tag);
export const roots = computed(() => trees.value?.roots ?? []);
/** The leaves of the shown day. Null until they are loaded. */
export const leaves = computed(() => {
  if (!day.value || day.value.date !== shownDay.value || day.value.owner !== ownerId()) return null;
  return day.value.kpis.map((kpi) => onTheWay.value.filter((tick) => tick.kpi.id === kpi.id && tick.date === shownDay.value).reduce(kpiAfter, kpi));
});

function kpiAfter(kpi, tick) {
  if (tick.skipped) return { ...kpi, skipped: true };
  const after = leafAfter({ ...kpi, ...kpi.mine }, tick);
  const isCompleted = after.direction !== "at_most" && after.progressPercentage >= 100;
  const dayValue = (kpi.dayValue ?? 0) + (tick.value ?? 1);
  const mine = { ...kpi.mine, currentValue: after.currentValue, progressPercentage: after.progressPercentage, isCompleted };
  return kpi.people ? { ...kpi, dayValue, mine } : { ...after, dayValue, mine, isCompleted };
}

/** Starts the app: the person, the owner, and the first load of the trees. */
export async function open() {
  queue.restore();
  try {
    owners.value = (await get("owners")).owners;
    await show(openedFor() ?? owners.value.find((one) => one.type === "private") ?? owners.value[0] ?? null);
  } catch (error) {
    problem.value = error;
  }
}

/** The group whose link opened the app, even if the person is in it but never joined. */
function openedFor() {
  const [, number] = startParam().match(/^g(\d+)-/) ?? [];
  if (!number) return null;
  const unknown = { id: `-${number}`, type: "group", title: t("Group"), locale: language(), today: new Date().toISOString().slice(0, 10) };
  return owners.value.find((one) => one.id === unknown.id) ?? unknown;
}

/** Shows the trees of an owner; null if the person has never spoken to the bot. */
export async function show(wanted) {
  if (wanted === null) return void (problem.value = new Error(t("Send the bot /start in the chat first.")));
  askFor(wanted.id);
  batch(() => {
    owner.value = wanted;
    trees.value = day.value = null;
  });
  await speak(wanted.locale);
  await refresh();
}

export const lookAt = async (isYesterday) => {
  yesterday.value = isYesterday;
  feel.change();
  if (!leaves.value) await guarded(readDay);
};

let writes = 0;

/** Asks whether anything changed: one small request, and only changes are loaded. */
export async function refresh() {
  const [before, of] = [writes, owner.value];
  await guarded(async () => {
    const known = trees.value?.tag;
    const answer = await ask("GET", "goal-tree", { tag: known });
    const isOld = before !== writes || of !== owner.value;
    if (answer.status === 304 && !leaves.value) await readDay();
    if (answer.status === 304 || isOld) return;
    const shown = { tag: answer.tag, nodes: indexed(answer.data.visions), roots: answer.data.visions.map((one) => one.id) };
    const read = await dayOf();
    if (before !== writes || of !== owner.value) return;
    batch(() => {
      trees.value = shown;
      day.value = read;
    });
    refresh(); // changed between the two requests
  });
}

/** Loads the shown day. By the time it arrives, another may be wanted. */
async function dayOf() {
  const [of, wanted] = [ownerId(), shownDay.value];
  const day = await get(`daily-kpis/${wanted}`);
  if (of === ownerId() && day.today !== owner.value.today) owner.value = { ...owner.value, today: day.today };
  return of === ownerId() && wanted === shownDay.value ? { ...day, owner: of } : dayOf();
}

async function readDay() {
  day.value = await dayOf();
}

/** Runs something that needs the server, and says what went wrong. */
async function guarded(work) {
  try {
    await work();
    problem.value = null;
    // Sending ticks shows by itself whether they are answered again.
    if (queue.waiting.value.length) queue.flush(answered);
    else queue.trouble.value = null;
  } catch (error) {
    if (error instanceof Unanswered && trees.value) queue.trouble.value = error;
    else problem.value = error;
  }
}

/** Refreshes while the page is visible: at intervals, and whenever the person comes back. */
export function watch() {
  const isSeen = () => document.visibilityState === "visible" && isActive.value;
  const soon = () => isSeen() && owner.value && refresh();
  setInterval(soon, EVERY);
  for (const event of ["focus", "online"]) addEventListener(event, soon);
  document.addEventListener("visibilitychange", soon);
  isActive.subscribe(soon);
}

/** Logs on a leaf: the bars move at once, and the server's answer corrects them. */
export function tick(kpi, { value, skipped = false, note } = {}) {
  feel.tap();
  writes += 1;
  return queue.add({ owner: ownerId(), kpi, date: shownDay.value, value, skipped, note }, answered).then(() => {
    const lost = held.value.length;
    const offline = n("No connection. {count} check-off is kept and sent later.", "No connection. {count} check-offs are kept and sent later.", lost);
    if (lost) say(whyUnanswered(queue.trouble.value, offline, { isKept: true }));
  });
}

function answered(sent, answer, refusal, drop) {
  batch(() => {
    drop();
    if (answer && sent.owner === ownerId()) settle(answer, sent);
  });
  if (refusal) {
    feel.failure();
    say(t("{title}: {why}", { title: sent.kpi.title, why: refusal.message }));
  } else if (answer.log && !sent.isHeld) {
    feel.success();
    say(saidOf(sent, answer), () => takeBack(answer.log.id));
  }
  writes += 1;
  refresh();
}

const saidOf = (sent, answer) =>
  answer.outcome === "unchanged" ? t("{title}: already there.", { title: sent.kpi.title })
  : sent.skipped ? t("{title}: skipped.", { title: sent.kpi.title })
  : t("{title}: noted.", { title: sent.kpi.title });

/** Replaces the prediction for a leaf and its ancestors by the server's answer. */
function settle(answer, sent) {
  if (!trees.value) return;
  const changed = new Map(trees.value.nodes);
  for (const one of answer.updatedProgress) {
    const node = changed.get(one.kpiId);
    if (node && node.periodStart === one.periodStart) changed.set(one.kpiId, { ...node, ...standingOf(one) });
  }
  trees.value = { ...trees.value, nodes: changed };
  if (sent && day.value?.date === sent.date) day.value = { ...day.value, kpis: day.value.kpis.map((kpi) => kpiSettled(kpi, answer, sent)) };
}

const standingOf = ({ kpiId, title, level, progress, ...standing }) => standing;

/** Replaces a leaf of the day by the server's answer, without counting a tick twice whose answer was lost. */
function kpiSettled(kpi, answer, sent) {
  if (kpi.id !== sent.kpi.id) return kpi;
  const after = answer.outcome === "logged" ? kpiAfter(kpi, sent) : kpi;
  const [own] = answer.updatedProgress;
  if (!own || kpi.periodStart !== own.periodStart) return after;
  const standing = standingOf(own);
  return { ...after, ...(kpi.people ? {} : standing), mine: { ...after.mine, ...standing } };
}

/** Does a write other than a tick, then reloads what it changed. Gives the answer, or null if it was refused:
 * `refused` has handlers by code, any other refusal is shown. */
export async function change(method, path, { refused = {}, ...options } = {}) {
  writes += 1;
  try {
    const { data } = await ask(method, path, options);
    if (data?.updatedProgress) settle(data, null);
    return data ?? {};
  } catch (error) {
    if (refused[error.code]) return refused[error.code](error), null;
    feel.failure();
    say(error instanceof Unanswered ? whyUnanswered(error, t("No connection. Nothing was changed.")) : error.message);
    return null;
  } finally {
    writes += 1;
    await refresh();
  }
}

export async function takeBack(logId) {
  if (await change("DELETE", `kpi-logs/${logId}`)) say(t("Taken back."));
}

let sayingEnds;
/** Shows a message for some seconds, with an undo button if there is something to undo. */
export function say(text, undo = null) {
  clearTimeout(sayingEnds);
  told.value = { text, undo };
  sayingEnds = setTimeout(() => (told.value = null), 6000);
}
export const hush = () => (told.value = null);
