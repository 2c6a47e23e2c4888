// What the app knows: the owner's trees and the day as the server last told, with the ticks that are still on their way on
// top. Everything that is shown is computed from these.
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
/** The ticks of this owner that wait to be sent again, by goal. */
export const held = computed(() => queue.waiting.value.filter((tick) => tick.isHeld && tick.owner === ownerId()));
/** All nodes by id, with what the ticks on their way will do. Null until they are known. */
export const nodes = computed(() => trees.value && onTheWay.value.reduce(foreseen, trees.value.nodes));
/** Changes whenever anything in the trees has. */
export const version = computed(() => trees.value?.tag);
export const roots = computed(() => trees.value?.roots ?? []);
/** The leaves of the day that is shown. Null until they are known. */
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

/** Opens the app: who is there, whose trees, and the first look at them. */
export async function open() {
  queue.restore();
  try {
    owners.value = (await get("owners")).owners;
    await show(openedFor() ?? owners.value.find((one) => one.type === "private") ?? owners.value[0] ?? null);
  } catch (error) {
    problem.value = error;
  }
}

/** The group whose link opened the app; also one that the person is in, but did not join. */
function openedFor() {
  const [, number] = startParam().match(/^g(\d+)-/) ?? [];
  if (!number) return null;
  const unknown = { id: `-${number}`, type: "group", title: t("Group"), locale: language(), today: new Date().toISOString().slice(0, 10) };
  return owners.value.find((one) => one.id === unknown.id) ?? unknown;
}

/** Shows the trees of an owner; of nobody, if the person has never spoken to the bot. */
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

/** Asks whether anything is new: one small question, and only what changed is read again. */
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
    refresh(); // what came between the two
  });
}

/** The day that is shown. Another may be wanted by the time that one has come. */
async function dayOf() {
  const [of, wanted] = [ownerId(), shownDay.value];
  const found = await get(`daily-kpis/${wanted}`);
  if (of === ownerId() && found.today !== owner.value.today) owner.value = { ...owner.value, today: found.today };
  return of === ownerId() && wanted === shownDay.value ? { ...found, owner: of } : dayOf();
}

async function readDay() {
  day.value = await dayOf();
}

/** Does something that needs the server; says what went wrong. */
async function guarded(work) {
  try {
    await work();
    problem.value = null;
    // Whether ticks get an answer again, their own sending shows.
    if (queue.waiting.value.length) queue.flush(answered);
    else queue.trouble.value = null;
  } catch (error) {
    if (error instanceof Unanswered && trees.value) queue.trouble.value = error;
    else problem.value = error;
  }
}

/** Refreshes while somebody looks: now and then, and whenever they come back. */
export function watch() {
  const isSeen = () => document.visibilityState === "visible" && isActive.value;
  const soon = () => isSeen() && owner.value && refresh();
  setInterval(soon, EVERY);
  for (const event of ["focus", "online"]) addEventListener(event, soon);
  document.addEventListener("visibilitychange", soon);
  isActive.subscribe(soon);
}

/** Logs on a leaf: the bars move at once, and what the server says settles them. */
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

/** Puts what the server says of a leaf and its ancestors in place of what was foreseen. */
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

/** A leaf of the day as the server says; what it had counted before (a lost answer) is not counted again. */
function kpiSettled(kpi, answer, sent) {
  if (kpi.id !== sent.kpi.id) return kpi;
  const after = answer.outcome === "logged" ? kpiAfter(kpi, sent) : kpi;
  const [own] = answer.updatedProgress;
  if (!own || kpi.periodStart !== own.periodStart) return after;
  const standing = standingOf(own);
  return { ...after, ...(kpi.people ? {} : standing), mine: { ...after.mine, ...standing } };
}

/** Does a write that is not a tick, then reads what it changed. Gives the answer, or null if it was refused: `refused`
 * has what to do with a code, of all others it is said why. */
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
/** Says something for some seconds, with a way to undo it if there is one. */
export function say(text, undo = null) {
  clearTimeout(sayingEnds);
  told.value = { text, undo };
  sayingEnds = setTimeout(() => (told.value = null), 6000);
}
export const hush = () => (told.value = null);
