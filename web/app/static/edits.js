// Edits of a tree. Each is a single request with a key, so that a lost answer changes nothing twice.
import { newKey } from "./api.js";
import { change, nodes, owner, say } from "./state.js";
import { feel } from "./telegram.js";
import { clock, shortDay, t } from "./words.js";

async function edit(method, path, options, said) {
  const done = await change(method, path, { ...options, key: newKey() });
  if (!done) return false;
  feel.success();
  say(typeof said === "function" ? said(done) : said);
  return true;
}

const titled = (id) => ({ title: nodes.value.get(id)?.title ?? t("Everything") });

/** Says what was set up with the first plan, as the chat does. */
function planted({ firstCheckIn }) {
  if (!firstCheckIn) return t("Planted.");
  const time = clock(firstCheckIn.at);
  if (owner.value.type !== "private") return t("Planted. Everyone here is asked at {time} every day how it went; /settings in the group changes that.", { time });
  return firstCheckIn.zoneChosen
    ? t("Planted. You are asked at {time} every day how it went; /remind in the chat changes that.", { time })
    : t("Planted. You are asked at {time} UTC every day how it went. Tell the bot where you are: /settings zone Lisbon.", { time });
}

export const plant = (body) => edit("POST", "plans", { body }, planted);
export const addBelow = (id, outline) => edit("POST", `goals/${id}/goals`, { body: { outline } }, t("Added below {title}.", titled(id)));
export const moveGoal = (id, parentId, beforeId) => edit("POST", `goals/${id}/move`, { body: { parentId, beforeId } }, t("{title}: moved.", titled(id)));
export const changeGoal = (id, body) => edit("PATCH", `goals/${id}`, { body }, t("{title}: changed.", titled(id)));
export const endGoal = (id) => edit("POST", `goals/${id}/end`, {}, t("{title}: ended.", titled(id)));
export const takeUpGoal = (id) => edit("POST", `goals/${id}/take-up`, {}, t("{title}: taken up again.", titled(id)));
export const pauseGoal = (id, from, to) => edit("POST", "pauses", { body: { from, to, goalId: id } }, t("{title}: paused until {day}.", { ...titled(id), day: shortDay(to) }));
export const endPause = (pause) => edit("POST", `pauses/${pause.id}/end`, {}, t("{title}: the pause is over.", titled(pause.goalId)));

/** Deletes a goal. Gives {isDone}, or in `asks` the question to confirm first if the goal has entries. */
export async function deleteGoal(id, isSure) {
  const said = t("{title}: deleted. /undo in the chat brings it back.", titled(id));
  let asks = null;
  const options = { query: isSure ? { sure: true } : {}, refused: { delete_logged: (error) => (asks = error.message) } };
  const isDone = await edit("DELETE", `goals/${id}`, options, said);
  return { isDone, asks };
}
