// The actions on a goal: open, add below, change, pause, end, delete.
import { useEffect, useState } from "preact/hooks";
import { addBelow, changeGoal, deleteGoal, endGoal, pauseGoal, takeUpGoal } from "../edits.js";
import { get } from "../api.js";
import { nodes, today } from "../state.js";
import { html, Icon, Sheet } from "./parts.js";
import { Fault, Field, Form, NewGoal, typed, Weekdays } from "./form.js";
import { go, here, leave } from "./route.js";
import { plusDays, t } from "../words.js";

export function GoalActions({ id, close, start = null }) {
  const [form, setForm] = useState(start);
  const node = nodes.value.get(id);
  if (!node) return close(), null;
  const Shown = { add: Add, edit: Edit, pause: Pause, end: End, remove: Remove }[form] ?? Menu;
  const { title } = node;
  const asked = { add: t("Below {title}", { title }), pause: t("Pause: {title}", { title }), end: t("End: {title}", { title }), remove: t("Delete: {title}", { title }) };
  return html`<${Sheet} title=${asked[form] ?? title} close=${close}><${Shown} node=${node} close=${close} pick=${setForm} /><//>`;
}

const Menu = ({ node, close, pick }) => html`
  <div class="choices">
    ${here().id !== node.id && html`<${Choice} icon="progress" text=${t("Open goal")} act=${() => (close(), go("goal", { id: node.id }))} />`}
    <${Choice} icon="add" text=${t("Add a goal below")} act=${() => pick("add")} />
    <${Choice} icon="edit" text=${t("Change")} act=${() => pick("edit")} />
    <${Choice} icon="pause" text=${t("Pause")} act=${() => pick("pause")} />
    ${node.status === "inactive"
      ? html`<${Choice} icon="today" text=${t("Take up again")} act=${() => (close(), takeUpGoal(node.id))} />`
      : html`<${Choice} icon="skip" text=${t("End")} act=${() => pick("end")} isDanger=${true} />`}
    <${Choice} icon="remove" text=${t("Delete")} act=${() => pick("remove")} isDanger=${true} />
  </div>`;

export const Choice = ({ icon, text, act, isDanger }) => html`
  <button class=${`choice ${isDanger ? "danger" : ""}`} onClick=${act}><${Icon} name=${icon} />${text}</button>`;

const Add = ({ node, close }) => html`<${NewGoal} below=${node.level} add=${(line) => addBelow(node.id, line)} close=${close} />`;

function Edit({ node, close }) {
  const [title, setTitle] = useState(node.title);
  const [target, setTarget] = useState("");
  const [weight, setWeight] = useState(String(node.weight));
  const [asked, setAsked] = useState(null);
  const [days, setDays] = useState(null);
  const [fault, setFault] = useState("");
  useEffect(() => void get(`goals/${node.id}/terms`).then(({ terms }) => setAsked(terms[0]), () => {}), []);
  const work = async () => {
    const [value, share] = [target.trim() ? typed(target) : null, typed(weight)];
    if (Number.isNaN(value) || Number.isNaN(share)) return setFault(t("Type a number, such as 5 or 2.5.")), false;
    const wanted = { ...(value !== null && { target: value }), ...(share !== node.weight && { weight: share }), ...(days && { weekdays: days }) };
    if (title.trim() !== node.title && !(await changeGoal(node.id, { title }))) return false;
    return Object.keys(wanted).length ? changeGoal(node.id, wanted) : true;
  };
  const hasDays = node.level === "daily" && asked?.weekdays;
  return html`<${Form} say=${t("Save")} isUnsaved=${title !== node.title || Boolean(target || days)} close=${close} work=${work}>
    <${Field} label=${t("Title")} value=${title} maxlength="200" give=${setTitle} />
    ${asked?.targetValue != null && html`<${Field} label=${`${t("New target from today on")}${node.unit ? ` (${node.unit})` : ""}`} value=${target} inputmode="decimal" placeholder=${String(asked.targetValue)} give=${(text) => (setTarget(text), setFault(""))} />`}
    ${hasDays && html`<${Weekdays} days=${days ?? asked.weekdays} give=${setDays} />`}
    ${node.parentId && html`<${Field} label=${t("Weight")} value=${weight} inputmode="decimal" give=${(text) => (setWeight(text), setFault(""))} />`}
    <${Fault} text=${fault} /><//>`;
}

function Pause({ node, close }) {
  const [from, setFrom] = useState(today.value);
  const [to, setTo] = useState(plusDays(today.value, 6));
  return html`<${Form} say=${t("Pause")} close=${close} work=${() => pauseGoal(node.id, from, to)}>
    <p>${t("On these days it is neither asked for nor counted as missed, and nor is anything below it.")}</p>
    <${Field} label=${t("First day")} type="date" required=${true} value=${from} give=${setFrom} />
    <${Field} label=${t("Last day")} type="date" required=${true} value=${to} min=${from} give=${setTo} /><//>`;
}

const End = ({ node, close }) => html`<${Form} say=${t("End it")} close=${close} work=${() => endGoal(node.id)}>
  <p>${t("Yesterday was its last day, and that of all below it. What was logged stays, and you can take it up again.")}</p><//>`;

/** Entries would be deleted too: the server says how many, and the person confirms. */
function Remove({ node, close }) {
  const [asks, setAsks] = useState(null);
  const isOpen = here().id === node.id;
  const work = async () => {
    const done = await deleteGoal(node.id, asks !== null);
    if (done.asks) return setAsks(done.asks), false;
    if (done.isDone && isOpen) leave();
    return done.isDone;
  };
  return html`<${Form} say=${asks === null ? t("Delete it") : t("Delete all of it")} close=${close} work=${work}>
    <p role="status">${asks ?? t("It goes with all below it. To keep what was logged, end it instead.")}</p><//>`;
}
