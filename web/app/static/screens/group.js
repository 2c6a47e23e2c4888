// The group: who has done their part today, everyone's week, and contributions to shared goals.
import { get } from "../api.js";
import { owner, owners, version } from "../state.js";
import { html, Icon, Skeleton } from "../ui/parts.js";
import { Lost, useRead } from "../ui/read.js";
import { go } from "../ui/route.js";
import { amount, longDay, n, number, percent, t, weekday } from "../words.js";

export default function Group() {
  const board = useRead(() => get("board"), [version.value]);
  return html`
    <header class="head"><h1 dir="auto">${(owners.value.length < 2 && owner.value.title) || t("Group")}</h1><p>${board?.date && longDay(board.date)}</p></header>
    ${!board ? html`<${Skeleton} rows=${5} />` : board.isLost ? html`<${Lost} />` : html`<${Board} board=${board} />`}`;
}

function Board({ board }) {
  const { people } = board;
  if (!people.length) return html`<p class="empty">${t("Nobody has joined yet. Send /join in the group to be the first.")}</p>`;
  const isIn = people.some((one) => one.isMe);
  return html`
    <${Today} board=${board} />
    <${Week} board=${board} />
    ${board.shared.length > 0 && html`<${Together} shared=${board.shared} />`}
    ${!isIn && html`<p class="hint">${t("You are not in yet: send /join in the group.")}</p>`}`;
}

const nameOf = (one) => one.name ?? t("Someone");
const states = () => ({ done: t("done"), open: t("open"), skipped: t("skipped"), away: t("away"), free: t("nothing due") });

function Today({ board }) {
  const asked = board.people.filter(({ state }) => ["done", "open"].includes(state));
  const done = asked.filter(({ state }) => state === "done");
  const said = !asked.length ? t("Nothing is asked of anyone today.")
    : done.length === asked.length ? t("Everyone is in today.")
    : t("In today: {done} of {all}", { done: number(done.length), all: number(asked.length) });
  return html`
    <section class="section padded" aria-labelledby="in"><h2 id="in">${said}</h2>
      ${board.streak > 0 && html`<p class="sub">${n("🔥 {count} day with nothing missed", "🔥 {count} days with nothing missed", board.streak)}</p>`}
      <ul class="people">${board.people.map((one, at) => html`<li key=${at} class=${`is-${one.state}`}>
        <span class=${`mark ${MARKS[one.state] ?? ""}`}>${MARKS[one.state] && html`<${Icon} name=${MARKS[one.state]} />`}</span>
        <span class="what"><span class=${one.isMe ? "title me" : "title"} dir="auto">${nameOf(one)}${one.isMe ? ` · ${t("you")}` : ""}</span></span>
        <span class="sub">${one.asked && one.state === "open" ? t("{done} of {all} done", { done: number(one.done), all: number(one.asked) }) : states()[one.state]}</span></li>`)}</ul>
    </section>`;
}

const MARKS = { done: "today", skipped: "skip", away: "pause", free: "skip" };

/** Everyone's week, in the group's order: the best first, or by when they joined. */
function Week({ board }) {
  const shown = board.people.filter(({ week, streak }) => week !== null || streak);
  if (!shown.length) return null;
  return html`
    <section class="section padded" aria-labelledby="week"><h2 id="week">${t("This week")}</h2>
      <ol class="people week">${shown.map((one, at) => html`<li key=${at}>
        <span class="what"><span class="line"><span class=${one.isMe ? "title me" : "title"} dir="auto">${nameOf(one)}</span>
          <span class="figure">${one.streak > 0 && html`<em>🔥 ${number(one.streak)}</em>`}${one.week === null ? "" : percent(one.week)}</span></span>
        <${Days} days=${one.days} /></span></li>`)}</ol>
    </section>`;
}

const kindOf = ({ mark, progress }) => (mark === "partial" ? (progress >= 50 ? "most" : "some") : mark === "skipped" ? "off" : mark);
const dayStates = () => ({ done: t("done"), most: t("most of it"), some: t("some of it"), missed: t("missed"), open: t("open"), off: t("off") });

const Days = ({ days }) => html`<span class="week-days">${days.map((day) => html`
  <span key=${day.date} class=${`cell ${kindOf(day)}`}><span aria-hidden="true">${weekday(day.date)}</span><span class="unseen">${`${weekday(day.date)}: ${dayStates()[kindOf(day)]}. `}</span></span>`)}</span>`;

function Together({ shared }) {
  return html`
    <section class="section padded" aria-labelledby="together"><h2 id="together">${t("Together this week")}</h2>
      ${shared.map((goal) => html`<div class="together" key=${goal.goalId}>
        <button class="line" onClick=${() => go("goal", { id: goal.goalId })}><span class="title" dir="auto">${goal.title}</span><span class="figure">${goal.total === null ? "" : broughtOf(goal, goal.total)}</span></button>
        <ul>${goal.parts.map((part, at) => html`<li key=${at} class="line"><span class=${part.isMe ? "me" : ""} dir="auto">${nameOf(part)}</span>
          <span class="figure">${broughtOf(goal, part.amount)}</span>
          ${goal.total > 0 && html`<span class="bar" aria-hidden="true"><i style=${{ width: `${(100 * part.amount) / goal.total}%` }}></i></span>`}</li>`)}</ul></div>`)}
    </section>`;
}

const broughtOf = (goal, value) => (goal.isCheck ? n("{count} time", "{count} times", value) : amount(value, goal.unit));
