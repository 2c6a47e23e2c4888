// Forms: their submit button, and the fields that several share.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { askBeforeClosing, mainButton } from "../telegram.js";
import { html } from "./parts.js";
import { amount, dotted, listed, number, t, weekday } from "../words.js";

/** Parses a number as people type it: 1.5 or 1,5. NaN if it is none. */
export const typed = (text) => (/^\s*[+]?\d+([.,]\d+)?\s*$|^\s*-\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(",", ".")) : NaN);

/** Telegram's main button or, where there is none, one of our own, labelled `say` (null: none). */
export function MainButton({ say, work, isBusy = false }) {
  const [isNative, setNative] = useState(false);
  // Before the next paint, so that a tap right after typing submits what was typed.
  const mine = useRef(null);
  useLayoutEffect(() => {
    mine.current = { text: say, tap: work, isBusy };
    setNative(mainButton(mine.current));
  });
  // The next screen may use the button already.
  useEffect(() => () => void (mainButton.last === mine.current && mainButton(null)), []);
  return html`<button class=${isNative ? "unseen" : "main"} type="button" disabled=${isBusy} onClick=${work}>${say}</button>`;
}

/** A form that is submitted with the main button, and closed if `work` succeeded. */
export function Form({ say, work, close = () => {}, isUnsaved = false, children }) {
  const [isBusy, setBusy] = useState(false);
  const submit = async (event) => {
    event?.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const isDone = await work();
    setBusy(false);
    if (isDone) close();
  };
  useEffect(() => (askBeforeClosing(isUnsaved), () => askBeforeClosing(false)), [isUnsaved]);
  return html`<form onSubmit=${submit}>${children}<button class="unseen" type="submit" tabindex="-1" aria-hidden="true"></button><${MainButton} say=${say} work=${submit} isBusy=${isBusy} /></form>`;
}

/** A field with its label; `give` receives what is typed. */
export const Field = ({ label, give, ...more }) => html`
  <label>${label}<input autocomplete="off" dir="auto" ...${more} onInput=${(event) => give(event.target.value)} /></label>`;

export const Fault = ({ text }) => html`<p class="fault" role="alert" dir="auto">${text}</p>`;

/** Confirms what a single tap cannot undo: `say` opens the question `asks`, `sure` confirms. */
export function Sure({ say, asks, sure, work }) {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) return html`<button type="button" class="plain danger" onClick=${() => setAsked(true)}>${say}</button>`;
  return html`<div class="sure" role="group" aria-label=${asks}><p>${asks}</p>
    <button type="button" class="plain danger" ref=${(place) => place?.focus()} onClick=${work}>${sure}</button>
    <button type="button" class="plain" onClick=${() => setAsked(false)}>${t("Keep it")}</button></div>`;
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const dayName = (name) => weekday(`2026-11-${String(23 + DAYS.indexOf(name)).padStart(2, "0")}`);

/** Weekdays to choose from, at least one. */
export function Weekdays({ days, give }) {
  const turn = (day) => {
    const next = DAYS.filter((one) => (one === day ? !days.includes(one) : days.includes(one)));
    if (next.length) give(next);
  };
  return html`<fieldset><legend>${t("On these days")}</legend><div class="days">${DAYS.map((day) => html`
    <button type="button" key=${day} aria-pressed=${days.includes(day)} onClick=${() => turn(day)}>${dayName(day)}</button>`)}</div></fieldset>`;
}

const levels = () => [["D", "daily", t("every day")], ["W", "weekly", t("every week")], ["M", "monthly", t("every month")], ["Q", "quarterly", t("every quarter")], ["Y", "yearly", t("every year")]];
export const levelName = (level) => levels().find(([, name]) => name === level)?.[2] ?? "";

/** A new goal below another one: `add` receives it as a line of an outline. */
export function NewGoal({ below, add, close }) {
  const [title, setTitle] = useState("");
  const [letter, setLetter] = useState("D");
  const [target, setTarget] = useState("");
  const [fault, setFault] = useState("");
  const at = levels().findIndex(([, name]) => name === below);
  const offered = at < 0 ? levels() : levels().slice(0, at + 1);
  const work = async () => {
    if (!title.trim()) return setFault(t("Give it a title.")), false;
    return add(`${letter}: ${JSON.stringify(title.trim())}${target.trim() ? ` = ${target.trim()}` : ""}`);
  };
  return html`<${Form} say=${t("Add")} isUnsaved=${Boolean(title)} close=${close} work=${work}>
    <${Field} label=${t("Title")} value=${title} maxlength="200" aria-invalid=${Boolean(fault)} give=${(text) => (setTitle(text), setFault(""))} />
    <${Fault} text=${fault} />
    <label>${t("How often")}<select value=${letter} onChange=${(event) => setLetter(event.target.value)}>${offered.map(([one, , name]) => html`<option value=${one}>${name}</option>`)}</select></label>
    <${Field} label=${t("Amount, such as 5 km; empty for a tick")} value=${target} maxlength="60" give=${setTarget} /><//>`;
}

/** Days in words; "" for every day. */
export function daysText({ weekdays, everyDays, monthDays }) {
  if (everyDays) return t("every {count} days", { count: number(everyDays) });
  if (monthDays) return t("on days {days} of the month", { days: listed(monthDays.map(number)) });
  return weekdays && weekdays.length < 7 ? listed(weekdays.map(dayName)) : "";
}

/** Terms in words. */
export function askedBy(terms, goal) {
  if (!terms.active) return t("ended");
  const target = terms.targetValue != null && amount(terms.targetValue, goal.unit);
  const parts = [target && goal.direction === "at_most" ? t("at most {target}", { target }) : target, daysText(terms)];
  if (terms.weight !== 1) parts.push(t("weight {weight}", { weight: number(terms.weight) }));
  return dotted(parts) || t("nothing but to be done");
}
