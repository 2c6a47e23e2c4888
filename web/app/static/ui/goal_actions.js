// What may be done with a goal in the tree: open it, add below it, change it, end it. Without a goal: plan a new one.
import { useEffect, useState } from "preact/hooks";
import { addBelow, changeGoal, endGoal, plant, takeUpGoal } from "../edits.js";
import { nodes } from "../state.js";
import { askBeforeClosing, mainButton } from "../telegram.js";
import { html, Icon, Sheet } from "./parts.js";
import { typed } from "./log_sheet.js";
import { closeTop, go } from "./route.js";
import { t } from "../words.js";

export function GoalActions({ id, close, start = null }) {
  const [form, setForm] = useState(id ? start : "plan");
  const node = nodes.value.get(id);
  useEffect(() => {
    closeTop.value = close;
    return () => ((closeTop.value = null), askBeforeClosing(false), mainButton(null));
  }, []);
  if (id && !node) return close(), null;
  const Form = { plan: Plan, add: Add, edit: Edit, end: End }[form];
  return html`
    <${Sheet} title=${node?.title ?? t("Plan a goal")} close=${close}>
      ${Form ? html`<${Form} node=${node} close=${close} />` : html`<${Menu} node=${node} close=${close} pick=${setForm} />`}
    <//>`;
}

const Menu = ({ node, close, pick }) => html`
  <div class="choices">
    <${Choice} icon="progress" text=${t("Open goal")} act=${() => (close(), go("goal", { id: node.id }))} />
    <${Choice} icon="add" text=${t("Add a goal below")} act=${() => pick("add")} />
    <${Choice} icon="edit" text=${t("Change")} act=${() => pick("edit")} />
    ${node.status === "inactive"
      ? html`<${Choice} icon="today" text=${t("Take up again")} act=${() => (close(), takeUpGoal(node.id))} />`
      : html`<${Choice} icon="skip" text=${t("End")} act=${() => pick("end")} isDanger=${true} />`}
  </div>`;

const Choice = ({ icon, text, act, isDanger }) => html`
  <button class=${`choice ${isDanger ? "danger" : ""}`} onClick=${act}><${Icon} name=${icon} />${text}</button>`;

/** A form whose last step is Telegram's large button or, where there is none, one of our own. */
function Asked({ say, work, close, isUnsaved, children }) {
  const [isBusy, setBusy] = useState(false);
  const submit = async (event) => {
    event?.preventDefault();
    if (isBusy) return;
    setBusy(true);
    (await work()) ? close() : setBusy(false);
  };
  const [isNative, setNative] = useState(false);
  useEffect(() => askBeforeClosing(isUnsaved), [isUnsaved]);
  useEffect(() => setNative(mainButton({ text: say, tap: submit, isBusy })));
  return html`<form onSubmit=${submit}>${children}
    <button class=${isNative ? "unseen" : "main"} type="submit" disabled=${isBusy}>${say}</button></form>`;
}

function Plan({ close }) {
  const [text, setText] = useState("");
  return html`<${Asked} say=${t("Plan")} isUnsaved=${Boolean(text)} close=${close} work=${() => plant(text)}>
    <label>${t("The goal, and below it what leads there, each line a little further in")}
      <textarea rows="7" value=${text} placeholder=${"Run a marathon\n  W: 20 km a week = 20 km sum\n    D: Run = 5 km"} onInput=${(event) => setText(event.target.value)}></textarea></label><//>`;
}

const LETTERS = () => [["D", t("every day")], ["W", t("every week")], ["M", t("every month")], ["Q", t("every quarter")], ["Y", t("every year")]];

function Add({ node, close }) {
  const [title, setTitle] = useState("");
  const [letter, setLetter] = useState("D");
  const [target, setTarget] = useState("");
  const [fault, setFault] = useState("");
  const work = async () => {
    if (!title.trim()) return setFault(t("Give it a title.")), false;
    return addBelow(node.id, `${letter}: ${title.trim()}${target.trim() ? ` = ${target.trim()}` : ""}`);
  };
  return html`<${Asked} say=${t("Add")} isUnsaved=${Boolean(title)} close=${close} work=${work}>
    <label>${t("Title")}<input value=${title} maxlength="200" autocomplete="off" dir="auto" aria-invalid=${Boolean(fault)} onInput=${(event) => (setTitle(event.target.value), setFault(""))} /></label>
    <p class="fault" role="alert">${fault}</p>
    <label>${t("How often")}<select value=${letter} onChange=${(event) => setLetter(event.target.value)}>${LETTERS().map(([one, name]) => html`<option value=${one}>${name}</option>`)}</select></label>
    <label>${t("Amount, such as 5 km; empty for a tick")}<input value=${target} maxlength="60" autocomplete="off" onInput=${(event) => setTarget(event.target.value)} /></label><//>`;
}

function Edit({ node, close }) {
  const [title, setTitle] = useState(node.title);
  const [target, setTarget] = useState("");
  const [weight, setWeight] = useState(String(node.weight));
  const [fault, setFault] = useState("");
  const work = async () => {
    const [value, share] = [target.trim() ? typed(target) : null, typed(weight)];
    if (Number.isNaN(value) || Number.isNaN(share)) return setFault(t("Type a number, such as 5 or 2.5.")), false;
    const asked = { ...(value !== null && { target: value }), ...(share !== node.weight && { weight: share }) };
    if (title.trim() !== node.title && !(await changeGoal(node.id, { title }))) return false;
    return Object.keys(asked).length ? changeGoal(node.id, asked) : true;
  };
  return html`<${Asked} say=${t("Save")} isUnsaved=${title !== node.title || Boolean(target)} close=${close} work=${work}>
    <label>${t("Title")}<input value=${title} maxlength="200" autocomplete="off" dir="auto" onInput=${(event) => setTitle(event.target.value)} /></label>
    ${node.targetValue != null && html`<label>${t("New target from today on")}${node.unit ? ` (${node.unit})` : ""}<input value=${target} inputmode="decimal" autocomplete="off" placeholder=${t("as it is")} onInput=${(event) => (setTarget(event.target.value), setFault(""))} /></label>`}
    ${node.parentId && html`<label>${t("Weight")}<input value=${weight} inputmode="decimal" autocomplete="off" onInput=${(event) => (setWeight(event.target.value), setFault(""))} /></label>`}
    <p class="fault" role="alert">${fault}</p><//>`;
}

const End = ({ node, close }) => html`<${Asked} say=${t("End it")} close=${close} work=${() => endGoal(node.id)}>
  <p>${t("Yesterday was its last day, and that of all below it. What was logged stays, and you can take it up again.")}</p><//>`;
