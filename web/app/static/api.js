// The JSON API. Telegram's init data proves who calls; a refusal becomes an error with the server's sentence.
import { initData } from "./telegram.js";
import { speech } from "./words.js";

const BASE = new URL("../../api/", import.meta.url);
const PATIENCE = 12000;

/** The server refused: `code` is stable, the message is a sentence for people. */
export class Refused extends Error {
  constructor(status, { code, detail, faults }) {
    super(faults?.length && code !== "request_invalid" ? faults.map((one) => one.detail).join(" ") : detail);
    Object.assign(this, { status, code, faults });
  }
}

/** The server is out of reach or failing, so the same request may succeed later. `status` is 0 without a connection. */
export class Unanswered extends Error {
  constructor(why, status = 0) {
    super(why);
    this.status = status;
  }
}

let owner = "";
/** Sets the owner whose trees all further requests are about. */
export const askFor = (id) => (owner = id);

/** Sends a request. Gives {status, data, tag}; a 304 has no data. Throws Refused and Unanswered. */
export async function ask(method, path, { query, body, key, tag, of = owner } = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries({ owner: of || undefined, ...query })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const headers = { Authorization: `tma ${initData()}`, "Accept-Language": speech.locale };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (tag) headers["If-None-Match"] = tag;
  let answer;
  try {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), cache: "no-store", signal });
  } catch (error) {
    throw new Unanswered(error.message);
  }
  if (answer.status === 304) return { status: 304, tag };
  if (answer.status >= 500 || answer.status === 429) throw new Unanswered(`${answer.status}`, answer.status);
  const data = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw data?.code ? new Refused(answer.status, data) : new Unanswered(`${answer.status}`, answer.status);
  // A captive portal answers in the server's place.
  if (data === null && answer.status !== 204) throw new Unanswered("no JSON");
  return { status: answer.status, data, tag: answer.headers.get("ETag") };
}

export const get = async (path, query) => (await ask("GET", path, { query })).data;

/** An idempotency key: a write that carries it happens once, however often it is sent. */
export const newKey = () => {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
