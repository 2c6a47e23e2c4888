// The app: connects to Telegram, loads the trees, and shows one screen at a time.
import { render } from "preact";
import { useState } from "preact/hooks";
import "@preact/signals";
import { Unanswered } from "./api.js";
import { Today } from "./screens/today.js";
import { held, hush, lookAt, open, owner, owners, problem, refresh, show, told, watch, yesterday } from "./state.js";
import { close, connect, hasBack, initData, isDark, language } from "./telegram.js";
import { html, Icon, Sheet, Skeleton } from "./ui/parts.js";
import { back, followBack, go, here, isDeep, tab } from "./ui/route.js";
import { trouble } from "./queue.js";
import { whyUnanswered } from "./trouble.js";
import { n, speak, spoken, t } from "./words.js";

const LATER = {
  tree: () => import("./screens/tree.js"),
  progress: () => import("./screens/progress.js"),
  group: () => import("./screens/group.js"),
  goal: () => import("./screens/goal.js"),
  plan: () => import("./screens/plan.js"),
};

const loaded = { today: Today };
function screenOf(name, drawAnew) {
  if (loaded[name]) return loaded[name];
  LATER[name]().then((module) => ((loaded[name] = module.default), drawAnew({})), () => drawAnew({}));
  return () => html`<${Skeleton} />`;
}

function App() {
  spoken.value;
  const [, drawAnew] = useState({});
  if (problem.value) return html`<${Problem} />`;
  const place = here();
  const Screen = screenOf(place.screen, drawAnew);
  return html`
    ${trouble.value && html`<p class="offline" role="status"><${Icon} name="wait" />${troubleText()}</p>`}
    <main class=${`screen-${place.screen}`}>
      ${isDeep() && !hasBack() && html`<button class="back" onClick=${back}><${Icon} name="back" />${t("Back")}</button>`}
      <${OwnerChoice} />
      <${Screen} ...${place} key=${`${owner.value?.id}${place.screen}${place.id ?? ""}`} />
    </main>
    <${Tabs} />
    <${Told} />`;
}

const troubleText = () => whyUnanswered(trouble.value, offlineText(), { isKept: held.value.length > 0 });
const offlineText = () =>
  held.value.length
    ? n("No connection. {count} check-off waits.", "No connection. {count} check-offs wait.", held.value.length)
    : t("No connection. You see how things stood.");

/** Chooses whose trees are shown, for people in groups. */
function OwnerChoice() {
  const [isOpen, setOpen] = useState(false);
  if (owners.value.length < 2 || isDeep()) return null;
  const name = (one) => (one.type === "private" ? t("My goals") : one.title);
  const choose = (one) => (setOpen(false), show(one));
  return html`
    <button class="owner" aria-haspopup="dialog" onClick=${() => setOpen(true)}><span dir="auto">${owner.value && name(owner.value)}</span><${Icon} name="fold" class="turned" /></button>
    ${isOpen && html`<${Sheet} title=${t("Whose goals?")} close=${() => setOpen(false)}>
      <div class="choices">${owners.value.map((one) => html`
        <button class="choice" dir="auto" aria-pressed=${one.id === owner.value.id} onClick=${() => choose(one)}>${name(one)}</button>`)}</div>
    <//>`}`;
}

const tabs = () => [["today", t("Today")], ["tree", t("Tree")], ["progress", t("Progress")], ["group", t("Group")]]
  .filter(([name]) => (loaded[name] || LATER[name]) && (name !== "group" || owner.value?.type === "group"));

/** Yesterday is shown only on its own screen; logs from anywhere else are for today. */
const turn = (name) => (go(name), name !== "today" && yesterday.value && lookAt(false));

const Tabs = () => tabs().length > 1 && html`
  <nav class="tabs" aria-label=${t("Screens")}>${tabs().map(([name, label]) => html`
    <button aria-current=${tab() === name ? "page" : undefined} onClick=${() => turn(name)}><${Icon} name=${name} /><span>${label}</span></button>`)}
  </nav>`;

function Told() {
  const { text, undo } = told.value ?? {};
  return html`<div class="told" role="status">${text && html`
    <p><span>${text}</span>${undo && html`<button onClick=${() => (hush(), undo())}>${t("Undo")}</button>`}</p>`}</div>`;
}

/** Advice if the app cannot start. */
function Problem() {
  const isOutside = !initData();
  const text = isOutside
    ? t("Open goaltree in Telegram: send the bot /tree and tap the button below its answer.")
    : !(problem.value instanceof Unanswered)
      ? problem.value.message
      : whyUnanswered(problem.value, t("goaltree cannot be reached. Your goals are safe, and in the chat you can go on: send the bot /log."));
  // Trying again would send the same refused proof: only Telegram can issue another.
  const isOver = problem.value.status === 401;
  return html`<main class="alone"><h1>🌳 goaltree</h1><p>${text}</p>
    ${!isOutside && !isOver && html`<button class="main" onClick=${again}>${t("Try again")}</button>`}
    ${!isOutside && html`<button class=${isOver ? "main" : "plain"} onClick=${close}>${t("Back to the chat")}</button>`}</main>`;
}

const again = () => (problem.value = null, owner.value ? refresh() : open());

async function start() {
  const place = document.getElementById("app");
  await connect();
  isDark.subscribe((dark) => (document.documentElement.dataset.theme = dark ? "dark" : "light"));
  followBack();
  const opened = initData() ? open() : speak(language()).then(() => (problem.value = new Error("outside")));
  render(html`<${App} />`, place);
  addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && isDeep() && back());
  await opened;
  watch();
}

start();
