// What changes a tree. Each is one request with a key, so that a lost answer changes nothing twice.
import { newKey } from "./api.js";
import { change, nodes, say } from "./state.js";
import { feel } from "./telegram.js";
import { t } from "./words.js";

async function edit(method, path, body, said) {
  const done = await change(method, path, { body, key: newKey() });
  if (!done) return false;
  feel.success();
  say(said);
  return true;
}

const titled = (id) => ({ title: nodes.value.get(id)?.title ?? "" });

export const plant = (outline) => edit("POST", "goals", { outline }, t("Planted."));
export const addBelow = (id, outline) => edit("POST", `goals/${id}/goals`, { outline }, t("Added below {title}.", titled(id)));
export const moveGoal = (id, parentId, beforeId) => edit("POST", `goals/${id}/move`, { parentId, beforeId }, t("{title}: moved.", titled(id)));
export const changeGoal = (id, what) => edit("PATCH", `goals/${id}`, what, t("{title}: changed.", titled(id)));
export const endGoal = (id) => edit("POST", `goals/${id}/end`, undefined, t("{title}: ended.", titled(id)));
export const takeUpGoal = (id) => edit("POST", `goals/${id}/take-up`, undefined, t("{title}: taken up again.", titled(id)));
