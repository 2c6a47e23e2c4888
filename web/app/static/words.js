// The owner's language: sentences from the server's catalogue, numbers and dates from the browser.
import { signal } from "@preact/signals-core";

/** The locale, and its sentences. */
export const speech = { locale: "en-GB", words: {}, several: {}, forms: [] };
/** Changes with the language, so that everything is rendered again. */
export const spoken = signal(0);

const RTL = new Set(["ar", "fa", "he", "ur", "ps", "sd", "ckb", "yi", "dv", "ug"]);

/** Switches to a language. English needs no sentences from the server. */
export async function speak(locale) {
  const plain = String(locale || "en").replaceAll("_", "-");
  speech.locale = plain === "en" ? "en-GB" : known(plain);
  const language = speech.locale.split("-")[0];
  if (language !== "en") {
    try {
      const answer = await fetch(new URL(`../words/${language}`, import.meta.url));
      if (answer.ok) Object.assign(speech, await answer.json());
    } catch {
      // Without a connection, English is shown until there is one.
    }
  }
  document.documentElement.lang = Object.keys(speech.words).length ? language : "en";
  document.documentElement.dir = RTL.has(language) ? "rtl" : "ltr";
  made.clear();
  spoken.value += 1;
}

function known(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return "en-GB";
  }
}

/** A sentence, with values in place of the words in braces. */
export const t = (sentence, values) => filled(speech.words[sentence] ?? sentence, values);

/** A sentence that depends on a count, which is also the value {count}. */
export function n(one, several, count, values) {
  const forms = speech.several[one];
  const whole = Math.abs(Math.trunc(count));
  const form = speech.forms[whole < 200 ? whole : 100 + (whole % 100)];
  const text = forms?.[form] ?? (whole === 1 ? one : several);
  return filled(text, { count: number(count), ...values });
}

const filled = (text, values) => (values ? text.replace(/\{(\w+)\}/g, (all, name) => apart(values[name]) ?? all) : text);

const [LEFT, RIGHT] = [/[A-Za-z\u00c0-\u052f]/, /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/];
/** Isolates a value that may run in the other direction, so that it does not reorder the sentence. */
function apart(value) {
  const other = document.documentElement.dir === "rtl" ? LEFT : RIGHT;
  return typeof value === "string" && other.test(value) ? `\u2068${value}\u2069` : value;
}

const made = new Map();
function format(kind, options) {
  const key = `${kind.name}${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new kind(speech.locale, options));
  return made.get(key);
}

export const number = (value) =>
  value == null ? "–" : format(Intl.NumberFormat, { maximumFractionDigits: 6 }).format(value);
export const percent = (whole) => format(Intl.NumberFormat, { style: "percent" }).format(whole / 100);
export const amount = (value, unit) => (unit ? `${number(value)} ${unit}` : number(value));
export const signed = (value) => format(Intl.NumberFormat, { maximumFractionDigits: 6, signDisplay: "exceptZero" }).format(value);

// Days are "2026-11-23": dates without a time, so they are parsed and formatted in UTC. Months and quarters of goals
// are Gregorian, and so are their names, even where another calendar is usual.
const at = (day) => new Date(`${day}T00:00:00Z`);
const dated = (options) => (day) => format(Intl.DateTimeFormat, { timeZone: "UTC", calendar: "gregory", ...options }).format(at(day));
export const longDay = dated({ weekday: "long", day: "numeric", month: "long" });
export const shortDay = dated({ day: "numeric", month: "short" });
export const fullDay = dated({ day: "numeric", month: "short", year: "numeric" });
export const month = dated({ month: "short" });
export const year = dated({ year: "numeric" });
export const weekday = dated({ weekday: "short" });
/** A time of day, such as "20:00". */
export const clock = (text) => format(Intl.DateTimeFormat, { timeZone: "UTC", timeStyle: "short" }).format(new Date(`1970-01-01T${text}Z`));

export const plusDays = (day, count) => new Date(at(day).getTime() + count * 864e5).toISOString().slice(0, 10);
export const daysBetween = (from, to) => Math.round((at(to) - at(from)) / 864e5);
export const listed = (parts) => format(Intl.ListFormat, { type: "conjunction" }).format(parts);

/** Joins the parts that are not empty. In a right-to-left page each part keeps its own direction. */
export function dotted(parts) {
  const isApart = document.documentElement.dir === "rtl";
  return parts.filter(Boolean).map((part) => (isApart ? `\u2068${part}\u2069` : part)).join(" · ");
}

/** Compares texts in the order of the language. */
export const isLess = (a, b) => format(Intl.Collator, {}).compare(a, b);
