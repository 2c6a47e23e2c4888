// The chat's page: one chat as one person sees it, reloaded whenever the stream reports a change.
import { rich } from "/chat/static/rich.js";

const EXAMPLE = ["/start", "Berlin", `/plan Run a marathon
  Q: 300 km a quarter = 300 km sum
    W: 25 km a week = 25 km sum
      D: Run = 5 km
  W: Body and mind
    D: Stretch [mon wed fri]
    D: Read = 20 pages`];
const GROUND = {
  light: { bg_color: "#ffffff", secondary_bg_color: "#eff2f5", text_color: "#0f1720", hint_color: "#5d6b78", link_color: "#1f77c9", button_color: "#1f77c9", button_text_color: "#ffffff", section_bg_color: "#ffffff", accent_text_color: "#1f77c9", destructive_text_color: "#c62828", bottom_bar_bg_color: "#ffffff", subtitle_text_color: "#5d6b78", section_separator_color: "#d5dde4" },
  dark: { bg_color: "#182533", secondary_bg_color: "#0e1621", text_color: "#f1f5f8", hint_color: "#93a3b2", link_color: "#6ab3f3", button_color: "#6ab3f3", button_text_color: "#0e1621", section_bg_color: "#182533", accent_text_color: "#6ab3f3", destructive_text_color: "#ff8f78", bottom_bar_bg_color: "#182533", subtitle_text_color: "#93a3b2", section_separator_color: "#24344a" },
};
const $ = (id) => document.getElementById(id);
const me = { who: "You", chat: 0, replyTo: null, edits: null };
let state = null;
let busy = 0;
let signedIn = "";
let isExampleShown = false;
let isPlanting = false; // the app opens once there is something to see

// --- the server ---

async function post(path, body, headers = {}) {
  busy += 1;
  $("busy").hidden = false;
  try {
    const answer = await fetch(path, { method: "POST", body, headers });
    const said = await answer.json();
    if (!answer.ok) toast(said.error);
    return answer.ok ? said : null;
  } finally {
    busy -= 1;
    $("busy").hidden = busy > 0 ? false : true;
    await refresh();
  }
}

const act = (deed) => post("/chat/do", JSON.stringify({ who: me.who, chat: me.chat, ...deed }), { "Content-Type": "application/json" });

let asking = null;
function refresh() {
  // Changes that arrive during a request need one more request, not one each.
  asking = (asking ?? Promise.resolve()).then(look, look);
  return asking;
}

async function look() {
  const wanted = new URLSearchParams({ who: me.who, chat: me.chat });
  const answer = await fetch(`/chat/state?${wanted}`);
  if (!answer.ok) {
    me.chat = 0;
    return;
  }
  state = await answer.json();
  draw();
}

// --- drawing ---

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

function draw() {
  options($("who"), state.people.map((name) => [name, name]), me.who, "New person …");
  options($("where"), [[0, "alone with the bot"], ...state.chats.map(({ id, title }) => [id, title])], me.chat, "New group …");
  const now = $("now");
  now.dateTime = state.now;
  // The wall clock of the chat's zone, whatever zone this browser is in.
  now.textContent = new Date(`${state.now.slice(0, 19)}Z`).toLocaleString("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  $("date").value = state.now.slice(0, 10);
  $("title").firstElementChild.textContent = state.chat.title ?? state.bot.first_name;
  $("title").lastElementChild.textContent = state.chat.title ? "group" : "bot";
  const list = $("messages");
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  const shown = state.messages.map(drawn);
  list.replaceChildren(...shown, ...(isNew() ? [element("li", { className: "keys" }, element("button", { textContent: "Start", onclick: () => say("/start") }))] : []));
  if (isAtEnd) list.scrollTop = list.scrollHeight;
  if (!state.messages.length && me.who === "You" && !me.chat && state.people.length <= 1 && !isExampleShown) showExample();
  signIn();
}

/** Whether the person has never spoken to the bot. */
const isNew = () => !state.chat.title && !state.messages.length && !busy;

function options(select, choices, chosen, other) {
  const made = choices.map(([value, text]) => element("option", { value, textContent: text, selected: String(value) === String(chosen) }));
  select.replaceChildren(...made, element("option", { value: "+", textContent: other }));
}

function drawn(message) {
  const isMine = message.from?.id === state.me.id;
  const bubble = element("div", { className: "bubble" });
  if (state.chat.title && !isMine) bubble.append(element("span", { className: "from", textContent: message.from?.first_name ?? message.sender_chat?.title }));
  const quoted = message.reply_to_message;
  if (quoted) bubble.append(element("span", { className: "quoted", textContent: (quoted.text ?? quoted.caption ?? "file").slice(0, 60) }));
  if (message.photo) bubble.append(element("img", { src: `/chat/files/${message.photo.file_id}`, alt: "Picture: what it shows is said below it", width: message.photo.width, height: message.photo.height, style: "height:auto" }));
  if (message.document) bubble.append(element("a", { href: `/chat/files/${message.document.file_id}`, download: message.document.file_name, textContent: `📎 ${message.document.file_name}` }), document.createTextNode("\n"));
  bubble.append(rich(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities ?? [], say));
  if (message.new_chat_members) bubble.append(`${message.new_chat_members.map((one) => one.first_name).join(", ")} joined`);
  if (message.left_chat_member) bubble.append(`${message.left_chat_member.first_name} left`);
  const at = new Date(message.date * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone() });
  bubble.append(element("span", { className: "meta", textContent: message.edit_date ? `edited ${at}` : at }));
  const row = element("li", { className: isMine ? "mine" : "" }, bubble);
  if (message.reply_markup?.inline_keyboard) row.append(keys(message));
  const tools = element("div", { className: "tools" }, element("button", { textContent: "Reply", onclick: () => answer(message) }));
  if (isMine && message.text) tools.append(element("button", { textContent: "Edit", onclick: () => change(message) }));
  row.append(tools);
  return row;
}

const zone = () => {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(state.now) ?? [null, "+", "00", "00"];
  // A fixed offset. Browsers may not know offsets with minutes, and then show UTC.
  const name = minutes === "00" ? `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}` : "UTC";
  return name;
};

function keys(message) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    element("div", {}, ...row.map((key) => element("button", { textContent: key.text, onclick: () => press(message, key) }))),
  );
  return element("div", { className: "keys" }, ...rows);
}

function press(message, key) {
  if (key.callback_data) return act({ do: "tap", message: message.message_id, data: key.callback_data });
  if (key.copy_text) return navigator.clipboard?.writeText(key.copy_text.text), toast(`Copied: ${key.copy_text.text}`);
  if (key.web_app) return $("app").focus();
  const link = new RegExp(`^https://t\\.me/${state.bot.username}\\?start=([\\w-]*)$`).exec(key.url ?? "");
  if (link) return act({ do: "open", payload: link[1] }).then(() => go(me.who, 0));
  if (key.url) toast(key.url);
}

// --- the person ---

async function say(text) {
  if (me.edits) {
    await act({ do: "edit", message: me.edits, text });
  } else {
    await act({ do: "say", text, ...(me.replyTo ? { reply_to: me.replyTo } : {}) });
  }
  me.replyTo = me.edits = null;
  $("answering").hidden = true;
}

function answer(message) {
  [me.replyTo, me.edits] = [message.message_id, null];
  about(`Reply: ${(message.text ?? message.caption ?? "file").slice(0, 60)}`);
}

function change(message) {
  [me.replyTo, me.edits] = [null, message.message_id];
  about("Edit your message");
  $("text").value = message.text;
}

function about(text) {
  $("answering").hidden = false;
  $("answering").firstElementChild.textContent = text;
  $("text").focus();
}

async function go(who, chat) {
  [me.who, me.chat, me.replyTo, me.edits] = [who, chat, null, null];
  $("answering").hidden = true;
  await refresh();
  $("messages").scrollTop = $("messages").scrollHeight;
}

async function showExample() {
  isExampleShown = isPlanting = true;
  for (const text of EXAMPLE) await act({ do: "say", text });
  isPlanting = false;
  draw();
}

function toast(text) {
  const shown = $("toast");
  shown.textContent = text;
  shown.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => shown.classList.remove("shown"), 3500);
}

// --- the Mini App beside it ---

const theme = () => document.documentElement.dataset.theme;

/** Telegram's signature covers a day, and the group whose link was followed. Newcomers have no app until they start
 * the bot. */
function signIn() {
  const wanted = `${me.who} ${state.chat.title ? me.chat : ""} ${state.now.slice(0, 10)} ${isNew() ? "new" : ""}`;
  // Telegram tells an app nothing about the chat; this saves the seconds until the app looks by itself.
  if (signedIn === wanted) return void $("app").contentWindow.dispatchEvent(new Event("focus"));
  if (busy || isPlanting) return;
  signedIn = wanted;
  window.goaltreeTelegram = fakeTelegram({ initData: state.initData, colorScheme: theme(), themeParams: GROUND[theme()] });
  $("app").src = `/app?as=${encodeURIComponent(wanted)}`;
}

function dress(name) {
  document.documentElement.dataset.theme = name;
  window.goaltreeTelegram?.turn({ colorScheme: name, themeParams: GROUND[name] });
}

// --- the controls ---

$("who").onchange = ({ target }) => {
  const name = target.value === "+" ? prompt("Name of the new person") : target.value;
  go(name?.trim().slice(0, 64) || me.who, 0);
};
$("where").onchange = async ({ target }) => {
  if (target.value !== "+") return go(me.who, Number(target.value));
  const title = prompt("Title of the group")?.trim();
  const made = title && (await act({ do: "group", title: title.slice(0, 128) }));
  go(me.who, made ? made.chat : me.chat);
};
document.querySelectorAll("[data-wait]").forEach((button) => (button.onclick = () => act({ do: "wait", time: button.dataset.wait })));
$("date").onchange = ({ target }) => target.value && act({ do: "wait", time: `${target.value} 20:00` });
$("theme").onclick = () => dress(theme() === "dark" ? "light" : "dark");
$("answering").lastElementChild.onclick = () => ([me.replyTo, me.edits, $("answering").hidden] = [null, null, true]);

$("text").oninput = ({ target }) => {
  target.style.height = "auto";
  target.style.height = `${target.scrollHeight + 2}px`;
  menu(target.value);
};
$("text").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey) event.preventDefault(), $("write").requestSubmit();
  if (event.key === "Escape") $("menu").hidden = true;
};
$("write").onsubmit = (event) => {
  event.preventDefault();
  const text = $("text").value;
  if (!text.trim()) return;
  $("text").value = "";
  $("text").style.height = "auto";
  $("menu").hidden = true;
  $("messages").scrollTop = $("messages").scrollHeight;
  say(text);
};
$("file").onchange = async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const sent = new URLSearchParams({ who: me.who, chat: me.chat, name: file.name, caption: $("text").value });
  $("text").value = target.value = "";
  await post(`/chat/send?${sent}`, file);
};

function menu(text) {
  const wanted = /^\/(\w*)$/.exec(text);
  const fit = wanted ? (state?.menu ?? []).filter(({ command }) => command.startsWith(wanted[1])) : [];
  $("menu").replaceChildren(...fit.map(({ command, description }) => element("li", {}, element("button", { type: "button", onclick: () => pick(command) }, element("b", { textContent: `/${command}` }), element("span", { textContent: description })))));
  $("menu").hidden = !fit.length;
}

function pick(command) {
  $("menu").hidden = true;
  $("text").value = "";
  say(`/${command}`);
}

dress(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const events = new EventSource("/chat/events");
events.onmessage = ({ data }) => {
  const told = JSON.parse(data);
  if (told.toast) toast(told.toast);
  else refresh();
};
