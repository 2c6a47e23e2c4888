// Unsent ticks: stored in the browser with their keys until the server has them, and sent once, in order.
import { signal } from "@preact/signals-core";
import { ask, newKey, Unanswered } from "./api.js";
import { userId } from "./telegram.js";

/** All unanswered ticks: {key, owner, kpi, date, value, skipped, note, isHeld}. A held tick was sent without an
 * answer. */
export const waiting = signal([]);
/** Why the server did not answer last time; null while it does. */
export const trouble = signal(null);

const place = () => `goaltree.ticks.${userId()}`;
let sending = null;

/** Restores the ticks that an earlier visit could not send. */
export function restore() {
  try {
    waiting.value = JSON.parse(localStorage.getItem(place()) ?? "[]").map((one) => ({ ...one, isHeld: true }));
  } catch {
    waiting.value = [];
  }
}

function keep(ticks) {
  waiting.value = ticks;
  try {
    localStorage.setItem(place(), JSON.stringify(ticks));
  } catch {
    // Storage is full or forbidden: the tick lives as long as the page.
  }
}

/** Adds a tick, and sends all that wait. */
export function add(tick, done) {
  keep([...waiting.value, { ...tick, key: newKey(), isHeld: false }]);
  return flush(done);
}

/** Sends what waits; calls done(tick, answer, refusal) for each tick that the server answered. */
export function flush(done) {
  sending ??= sendAll(done).finally(() => (sending = null));
  return sending;
}

async function sendAll(done) {
  while (waiting.value.length) {
    const [tick] = waiting.value;
    const [answer, refusal] = await sent(tick);
    if (refusal instanceof Unanswered) return hold(refusal);
    trouble.value = null;
    done(tick, answer, refusal, () => keep(waiting.value.filter((one) => one.key !== tick.key)));
  }
}

/** The server's response to a tick: an answer, or a refusal. */
async function sent(tick) {
  const { owner, kpi, key, date, value, skipped, note } = tick;
  const said = skipped ? { skipped } : kpi.measure === "check" ? { isCompleted: true } : { value };
  const body = { date, ...said, ...(note ? { note } : {}) };
  try {
    return [(await ask("POST", `kpi-logs/${kpi.id}/log`, { body, key, of: owner })).data, null];
  } catch (error) {
    return [null, error];
  }
}

function hold(why) {
  trouble.value = why;
  keep(waiting.value.map((one) => ({ ...one, isHeld: true })));
}
