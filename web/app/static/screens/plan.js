// Plan: turns a sentence or a template into a tree that can be changed before it is planted.
import { useEffect, useState } from "preact/hooks";
import { ask, get, Unanswered } from "../api.js";
import { plant } from "../edits.js";
import { askedBy, DAYS, daysText, Fault, Field, Form, levelName, MainButton, NewGoal, typed, Weekdays } from "../ui/form.js";
import { html, Icon, Sheet, Skeleton } from "../ui/parts.js";
import { first, go } from "../ui/route.js";
import { whyUnanswered } from "../trouble.js";
import { amount, dotted, fullDay, month, number, shortDay, t } from "../words.js";

const STEP = 14;
const MOST_PARTS = 12;

/** The server's response to a proposal: {proposal} or {fault}. */
async function proposed(body) {
  try {
    return { proposal: (await ask("POST", "plans/propose", { body })).data };
  } catch (error) {
    if (error instanceof Unanswered) return { fault: whyUnanswered(error, t("No connection. Try again in a moment.")) };
    return { fault: body.outline ? faultsOf(error) : error.message };
  }
}

/** The faults of lines, each with its number. */
const faultsOf = ({ faults, message }) =>
  faults?.map(({ place, detail }) => [/^line (\d+)/.exec(place)?.[1], detail]).map(([line, why]) => (line ? t("Line {line}: {why}", { line: number(line), why }) : why)).join("\n") || message;

export default function Plan() {
  const [body, setBody] = useState(null);
  const [proposal, setProposal] = useState(null);
  const drop = () => (setBody(null), setProposal(null));
  const isOpen = proposal !== null;
  useEffect(() => (isOpen ? first(drop) : undefined), [isOpen]);
  /** Shows the proposal for a body; gives a fault, or "" if there is none. */
  const propose = async (wanted) => {
    const answer = await proposed(wanted);
    if (answer.fault) return answer.fault;
    if (!answer.proposal.isRead) return t("That cannot be read. Say it like this: by 30 June, on weekdays, 60 km.");
    setBody(wanted);
    setProposal(answer.proposal);
    return "";
  };
  if (!proposal) return html`<${Start} propose=${propose} />`;
  if (proposal.needsNow) return html`<${Now} proposal=${proposal} body=${body} propose=${propose} />`;
  if (proposal.numbered.length) return html`<${Numbers} key=${body.outline} proposal=${proposal} body=${body} propose=${propose} />`;
  return html`<${Proposal} proposal=${proposal} body=${body} propose=${propose} drop=${drop} />`;
}

/** The first step: an aim in one sentence, and the templates. */
function Start({ propose }) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const [open, setOpen] = useState(null);
  const work = async () => {
    setFault(text.trim() ? await propose({ sentence: text.trim() }) : t("Say it in a few words, such as: Read 24 books in 2027."));
  };
  return html`
    <header class="head"><h1>${t("Plan")}</h1></header>
    <div class="section padded"><${Form} say=${t("Propose a tree")} isUnsaved=${Boolean(text)} work=${work}>
      <${Field} label=${t("What do you want?")} value=${text} maxlength="200" enterkeyhint="go" placeholder=${t("Read 24 books in 2027")} aria-invalid=${Boolean(fault)} give=${(typed) => (setText(typed), setFault(""))} />
      <${Fault} text=${fault} /><//></div>
    <${Templates} choose=${setOpen} />
    <button class="plain" onClick=${() => setOpen("outline")}>${t("Type a whole tree")}</button>
    ${open === "outline" && html`<${Outline} propose=${propose} close=${() => setOpen(null)} />`}
    ${open?.key && html`<${Questions} template=${open} propose=${propose} close=${() => setOpen(null)} />`}`;
}

function Templates({ choose }) {
  const [templates, setTemplates] = useState(null);
  useEffect(() => void get("plans/templates").then(({ templates }) => setTemplates(templates), () => setTemplates([])), []);
  if (!templates) return html`<${Skeleton} rows=${4} />`;
  if (!templates.length) return null;
  return html`<section class="section padded" aria-labelledby="templates"><h2 id="templates">${t("Plans to begin with")}</h2>
    <div class="choices">${templates.map((one) => html`<button class="choice two" key=${one.key} onClick=${() => choose(one)}>
      <span class="what"><span dir="auto">${one.name}</span><span class="sub" dir="auto">${one.about}</span></span><${Icon} name="fold" /></button>`)}</div></section>`;
}

/** All questions of a template at once. */
function Questions({ template, propose, close }) {
  const [answers, setAnswers] = useState(template.questions.map(({ usual }) => usual ?? ""));
  const [fault, setFault] = useState("");
  const work = async () => {
    const why = await propose({ template: template.key, answers });
    setFault(why);
    return !why;
  };
  const give = (at) => (text) => (setAnswers(answers.map((one, index) => (index === at ? text : one))), setFault(""));
  return html`<${Sheet} title=${template.name} close=${close}><${Form} say=${t("Propose a tree")} close=${close} work=${work}>
    <p class="sub" dir="auto">${template.about}</p>
    ${template.questions.map(({ asks, question }, at) => html`<${Field} label=${question} type=${asks === "until" ? "date" : "text"} value=${answers[at]} maxlength="100" give=${give(at)} />`)}
    <${Fault} text=${fault} /><//><//>`;
}

/** Asks for the present value, from which the plan leads to the target. */
function Now({ proposal, body, propose }) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const work = async () => {
    if (Number.isNaN(typed(text))) return setFault(t("Type a number, such as 5 or 2.5."));
    setFault(await propose({ ...body, changes: [...(body.changes ?? []), text.trim()] }));
  };
  const asks = proposal.unit ? t("How many {unit} is it now?", { unit: proposal.unit }) : t("How much is it now?");
  return html`<header class="head"><h1 dir="auto">${proposal.title}</h1></header>
    <div class="section padded"><${Form} say=${t("Go on")} work=${work}>
      <${Field} label=${asks} value=${text} inputmode="decimal" aria-invalid=${Boolean(fault)} give=${(typed) => (setText(typed), setFault(""))} />
      <${Fault} text=${fault} /><//></div>`;
}

/** Asks about titles with a number: "Read 5 pages" may be a tick, or have a target of 5 pages. */
function Numbers({ proposal, body, propose }) {
  const [meant, setMeant] = useState({});
  const [fault, setFault] = useState("");
  const choose = (line, reading) => (setMeant({ ...meant, [line]: reading }), setFault(""));
  const work = async () => {
    if (proposal.numbered.some(({ line }) => !meant[line])) return setFault(t("Choose one for each."));
    const lines = body.outline.split("\n");
    for (const one of proposal.numbered) lines[one.line - 1] = one[meant[one.line]];
    setFault(await propose({ ...body, outline: lines.join("\n") }));
  };
  const readings = ({ target }) => [["asTarget", t("{target} is the target", { target })], ["asName", t("It is a part of the name")]];
  return html`<header class="head"><h1>${t("What does the number mean?")}</h1></header>
    <div class="section padded"><${Form} say=${t("Go on")} isUnsaved=${true} work=${work}>
      ${proposal.numbered.map((one) => html`<fieldset key=${one.line}><legend dir="auto">${one.title}</legend><div class="choices">${readings(one).map(([reading, said]) => html`
        <button type="button" class="choice" dir="auto" aria-pressed=${meant[one.line] === reading} onClick=${() => choose(one.line, reading)}>${said}</button>`)}</div></fieldset>`)}
      <${Fault} text=${fault} /><//></div>`;
}

function Proposal({ proposal, body, propose, drop }) {
  const [at, setAt] = useState(null);
  const [isTyping, setTyping] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const edit = (what) => propose({ ...body, edits: [...(body.edits ?? []), { at, ...what }] });
  const work = async () => {
    setBusy(true);
    const isDone = await plant(body);
    setBusy(false);
    if (isDone) drop(), go("tree");
  };
  return html`
    <header class="head"><h1>${t("The plan")}</h1>
      ${body.edits?.length > 0 && html`<button class="plain" onClick=${() => propose({ ...body, edits: body.edits.slice(0, -1) })}>${t("Undo")}</button>`}</header>
    <${Remarks} proposal=${proposal} />
    <ul class="section draft" aria-label=${t("Goals")}>${proposal.goals.map((goal, index) => html`<li key=${index}>
      <button class="choice two" style=${{ paddingInlineStart: `${16 + Math.min(goal.depth, 7) * STEP}px` }} onClick=${() => setAt(index)}>
        <span class="what"><span class=${goal.depth ? "" : "top"} dir="auto">${goal.title}</span>${[askedOf(goal), ...laterOf(goal)].map((said) => html`<span class="sub" dir="auto">${said}</span>`)}</span><${Icon} name="edit" /></button></li>`)}</ul>
    <${Parts} parts=${proposal.parts} unit=${proposal.unit} />
    ${body.sentence && html`<${Otherwise} proposal=${proposal} change=${(said) => propose({ ...body, changes: [...(body.changes ?? []), said], edits: [] })} hasEdits=${body.edits?.length > 0} />`}
    <div class="last"><${MainButton} say=${t("Plant it")} work=${work} isBusy=${isBusy} />
      ${body.outline && html`<button class="plain" onClick=${() => setTyping(true)}><${Icon} name="edit" />${t("Change the lines")}</button>`}
      <button class="plain" onClick=${drop}>${t("Begin anew")}</button></div>
    ${isTyping && html`<${Outline} propose=${propose} start=${body.edits?.length ? proposal.outline : body.outline} close=${() => setTyping(false)} />`}
    ${proposal.goals[at] && html`<${DraftSheet} goal=${proposal.goals[at]} isTop=${!proposal.goals[at].depth} edit=${edit} close=${() => setAt(null)} />`}`;
}

function Remarks({ proposal }) {
  const a_day = proposal.aDay != null && t("That is about {amount} on each of your days.", { amount: amount(proposal.aDay, proposal.unit) });
  const lines = [
    ...proposal.extends.map((title) => t("“{title}” is there already: this adds to it, and asks what is new of goals with the same names.", { title })),
    a_day,
    proposal.isALot && t("That is a lot: a later day or a smaller number may be kept longer."),
    proposal.assumedEnd && t("You did not say until when: it is {day}.", { day: fullDay(proposal.endsOn) }),
  ].filter(Boolean);
  return html`<div class="hint">${lines.map((line) => html`<p>${line}</p>`)}<p>${t("Tap a goal to change it. Nothing is planted yet.")}</p></div>`;
}

function askedOf(goal) {
  if (!goal.depth) return goal.endsOn ? t("until {day}", { day: fullDay(goal.endsOn) }) : "";
  const parts = [goal.level === "range" ? goal.endsOn && t("until {day}", { day: fullDay(goal.endsOn) }) : levelName(goal.level)];
  const target = goal.target != null && amount(goal.target, goal.unit);
  if (target && goal.baseline != null) parts.push(t("from {from} to {to}", { from: number(goal.baseline), to: target }));
  else if (target) parts.push(goal.direction === "at_most" ? t("at most {target}", { target }) : goal.differs ? t("mostly {target}", { target }) : target);
  parts.push(daysText(goal), goal.weight !== 1 && t("weight {weight}", { weight: number(goal.weight) }), goal.isEach && t("each for themselves"));
  return dotted(parts.filter((one) => one !== goal.title));
}

/** Terms that begin later, and days off. */
function laterOf(goal) {
  const asked = goal.later.map((terms) => t("from {day} on: {asked}", { day: fullDay(terms.from), asked: askedBy(terms, goal) }));
  const off = goal.pauses.map(({ from, to, everything }) =>
    everything ? t("everything paused from {from} to {to}", { from: shortDay(from), to: fullDay(to) }) : t("paused from {from} to {to}", { from: shortDay(from), to: fullDay(to) }));
  return [...asked, ...off];
}

/** The split of the amount: by months, or else by the shortest periods that are not too many. */
function Parts({ parts, unit }) {
  const shown = parts.find(({ level }) => level === "monthly") ?? parts.at(-1);
  if (!shown || shown.parts.length < 2) return null;
  const name = (part) => (shown.level === "monthly" ? month(part.periodStart) : fullDay(part.periodStart));
  return html`<details class="section padded"><summary>${t("How it is split")}</summary><table>
    <thead><tr><th scope="col">${t("From")}</th><th scope="col">${unit ?? t("Amount")}</th></tr></thead>
    <tbody>${shown.parts.slice(0, MOST_PARTS).map((part) => html`<tr><th scope="row">${name(part)}</th><td>${number(part.amount)}</td></tr>`)}</tbody></table></details>`;
}

/** Changes the whole proposal in words, which discards changes made by hand. */
function Otherwise({ proposal, change, hasEdits }) {
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const say = async (said) => {
    if (!said.trim()) return;
    const why = await change(said.trim());
    setFault(why);
    if (!why) setText("");
  };
  const readings = proposal.assumedEach ? [["a day", t("That is a day")], ["a week", t("That is a week")], ["in all", t("That is in all")]] : [];
  return html`<div class="section padded"><form onSubmit=${(event) => (event.preventDefault(), say(text))}>
    <div class="chips">${readings.map(([said, name]) => html`<button type="button" class="chip" onClick=${() => say(said)}>${name}</button>`)}</div>
    <${Field} label=${t("What shall be different?")} value=${text} maxlength="100" placeholder=${t("by 30 June, on weekdays …")} give=${(typed) => (setText(typed), setFault(""))} />
    ${hasEdits && html`<p class="sub">${t("Then what you changed by hand is proposed anew.")}</p>`}
    <${Fault} text=${fault} /><button class="plain" type="submit">${t("Change the plan")}</button></form></div>`;
}

/** Changes one goal of the proposal: its title, number or days; adds one below it; or removes it. */
function DraftSheet({ goal, isTop, edit, close }) {
  const [isAdding, setAdding] = useState(false);
  const [title, setTitle] = useState(goal.title);
  const [target, setTarget] = useState("");
  const [days, setDays] = useState(null);
  const [fault, setFault] = useState("");
  const tell = async (what) => {
    const why = await edit(what);
    setFault(why);
    return !why;
  };
  const work = async () => {
    const value = target.trim() ? typed(target) : null;
    if (Number.isNaN(value)) return setFault(t("Type a number, such as 5 or 2.5.")), false;
    const what = { ...(title.trim() !== goal.title && { title: title.trim() }), ...(value !== null && { target: value }), ...(days && { weekdays: days }) };
    return Object.keys(what).length ? tell(what) : true;
  };
  const hasDays = goal.level === "daily" && !goal.everyDays && !goal.monthDays;

  return html`<${Sheet} title=${isAdding ? t("Below {title}", { title: goal.title }) : goal.title} close=${close}>
    ${isAdding
      ? html`<${NewGoal} below=${goal.level} add=${(line) => tell({ add: line })} close=${close} /><${Fault} text=${fault} />`
      : html`<${Form} say=${t("Save")} close=${close} work=${work}>
          <${Field} label=${t("Title")} value=${title} maxlength="200" give=${setTitle} />
          ${goal.takesTarget && html`<${Field} label=${`${t("Number")}${goal.unit ? ` (${goal.unit})` : ""}`} value=${target} inputmode="decimal" placeholder=${number(goal.target)} give=${(text) => (setTarget(text), setFault(""))} />`}
          ${goal.differs && html`<p class="sub">${t("Its periods differ, so that they add up. A number is for all of them.")}</p>`}
          ${hasDays && html`<${Weekdays} days=${days ?? goal.weekdays ?? DAYS} give=${setDays} />`}
          <${Fault} text=${fault} /><//>
        <div class="actions">
          <button class="plain" onClick=${() => setAdding(true)}><${Icon} name="add" />${t("Add a goal below")}</button>
          ${!isTop && html`<button class="plain danger" onClick=${async () => (await tell({ drop: true })) && close()}><${Icon} name="remove" />${t("Take it out")}</button>`}
        </div>`}
  <//>`;
}

/** A whole tree as an outline, for experts; it is shown before it is planted. */
function Outline({ propose, start = "", close }) {
  const [text, setText] = useState(start);
  const [fault, setFault] = useState("");
  const work = async () => {
    const why = text.trim() ? await propose({ outline: text }) : t("Type the goal first.");
    setFault(why);
    return !why;
  };
  return html`<${Sheet} title=${t("Type a whole tree")} close=${close}><${Form} say=${t("See the plan")} isUnsaved=${text !== start} close=${close} work=${work}>
    <label>${t("The goal, and below it what leads there, each line a little further in")}
      <textarea rows="7" dir="auto" value=${text} aria-invalid=${Boolean(fault)} placeholder=${"Run a marathon\n  W: 20 km a week = 20 km sum\n    D: Run = 5 km"} onInput=${(event) => (setText(event.target.value), setFault(""))}></textarea></label>
    <${Fault} text=${fault} /><//><//>`;
}
