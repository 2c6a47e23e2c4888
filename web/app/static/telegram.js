// Everything that comes from Telegram. Its script is loaded with a time limit; without it, the app uses the init data
// in the address. A page of this server that frames the app can provide a Telegram of its own
// (`window.goaltreeTelegram`), and a test can set `window.Telegram` before the page loads.
import { signal } from "@preact/signals-core";
import { readable } from "./contrast.js";

const SCRIPT = "https://telegram.org/js/telegram-web-app.js";
const launch = new URLSearchParams(location.hash.slice(1));
let web = null;
let backTap = null;
let mainTap = null;

export const isDark = signal(matchMedia("(prefers-color-scheme: dark)").matches);
export const isThere = signal(false);
export const isActive = signal(true);

/** Connects; resolves when the person is known, or after `patience` milliseconds. */
export async function connect(patience = 5000) {
  const given = window.Telegram?.WebApp ?? ofParent();
  if (given) return use(given);
  themed(JSON.parse(launch.get("tgWebAppThemeParams") ?? "{}"));
  const loaded = scriptLoaded(patience).then(() => window.Telegram?.WebApp && use(window.Telegram.WebApp));
  // With init data in the address there is nothing to wait for; Telegram's script may load later, or never.
  if (!launch.get("tgWebAppData")) await loaded;
}

function ofParent() {
  try {
    return window.parent !== window ? window.parent.goaltreeTelegram : undefined;
  } catch {
    return undefined; // framed by another server, such as Telegram's own client
  }
}

function scriptLoaded(patience) {
  return new Promise((done) => {
    const script = Object.assign(document.createElement("script"), { src: SCRIPT, async: true, onload: done, onerror: done });
    document.head.append(script);
    setTimeout(done, patience);
  });
}

function use(given) {
  if (web || !given.initData) return;
  web = given;
  follow();
  for (const [event, work] of [
    ["themeChanged", follow],
    ["safeAreaChanged", follow],
    ["contentSafeAreaChanged", follow],
    ["activated", () => (isActive.value = true)],
    ["deactivated", () => (isActive.value = false)],
  ]) web.onEvent(event, work);
  quietly("6.1", () => web.setHeaderColor("secondary_bg_color"));
  quietly("6.1", () => web.setBackgroundColor("secondary_bg_color"));
  quietly("7.10", () => web.setBottomBarColor("bottom_bar_bg_color"));
  quietly("7.7", () => web.disableVerticalSwipes());
  web.expand();
  web.ready();
  isThere.value = true;
  onBack(backTap);
  mainButton(mainButton.last);
}

/** Calls a method that Telegram has since a version. Some clients throw at methods that they do not know. */
function quietly(version, work) {
  if (!web?.isVersionAtLeast(version)) return;
  try {
    work();
  } catch (error) {
    console.warn("Telegram refused", error);
  }
}

function follow() {
  if (web.colorScheme) isDark.value = web.colorScheme === "dark";
  themed(web.themeParams ?? {});
  const style = document.documentElement.style;
  for (const [name, area] of [["device", web.safeAreaInset], ["content", web.contentSafeAreaInset]]) {
    for (const side of ["top", "right", "bottom", "left"]) style.setProperty(`--${name}-${side}`, `${area?.[side] ?? 0}px`);
  }
}

function themed(given) {
  const style = document.documentElement.style;
  const colours = Object.fromEntries(Object.entries(given).filter(([, colour]) => /^#[0-9a-f]{6}$/i.test(colour)));
  const [ground, page] = [colours.section_bg_color ?? colours.bg_color, colours.secondary_bg_color];
  for (const [name, against] of [["link_color", ground], ["link_color", page], ["destructive_text_color", ground], ["button_color", colours.button_text_color]]) {
    if (colours[name] && against) colours[name] = readable(colours[name], against);
  }
  for (const [name, colour] of Object.entries(colours)) style.setProperty(`--tg-${name.replaceAll("_", "-")}`, colour);
  if (!web && colours.bg_color) isDark.value = parseInt(colours.bg_color.slice(1, 3), 16) < 128;
}

/** The proof of who the person is; empty outside of Telegram. */
export const initData = () => web?.initData || launch.get("tgWebAppData") || "";

const unsafe = () => web?.initDataUnsafe ?? {};
const user = () => unsafe().user ?? JSON.parse(new URLSearchParams(initData()).get("user") ?? "{}");
export const userId = () => user().id ?? 0;
export const language = () => user().language_code ?? navigator.language;
export const startParam = () => unsafe().start_param ?? new URLSearchParams(initData()).get("start_param") ?? "";

/** Whether Telegram has a back button. */
export const hasBack = () => Boolean(web?.isVersionAtLeast("6.1"));

/** Shows Telegram's back button, or hides it (null). */
export function onBack(tap) {
  quietly("6.1", () => {
    if (backTap) web.BackButton.offClick(backTap);
    if (tap) web.BackButton.onClick(tap), web.BackButton.show();
    else web.BackButton.hide();
  });
  backTap = tap;
}

/** Sets Telegram's main button: {text, tap, isBusy}, or null. Gives whether there is one. */
export function mainButton(wanted) {
  mainButton.last = wanted ?? null;
  if (!web?.MainButton) return false;
  const button = web.MainButton;
  if (mainTap) button.offClick(mainTap);
  mainTap = wanted?.tap ?? null;
  if (!wanted) return button.hide(), true;
  button.setText(wanted.text);
  button.onClick(mainTap);
  if (wanted.isBusy) button.showProgress(false);
  else button.hideProgress();
  button.show();
  return true;
}
mainButton.last = null;

export const feel = {
  tap: () => quietly("6.1", () => web.HapticFeedback.impactOccurred("light")),
  change: () => quietly("6.1", () => web.HapticFeedback.selectionChanged()),
  success: () => quietly("6.1", () => web.HapticFeedback.notificationOccurred("success")),
  failure: () => quietly("6.1", () => web.HapticFeedback.notificationOccurred("error")),
};

/** Has Telegram ask before closing while something typed is not saved. */
export const askBeforeClosing = (isNeeded) =>
  quietly("6.2", () => (isNeeded ? web.enableClosingConfirmation() : web.disableClosingConfirmation()));

export const close = () => web?.close();
