// What a screen reads from the server by itself.
import { useEffect, useState } from "preact/hooks";
import { get } from "../api.js";
import { trouble } from "../queue.js";
import { owner, version } from "../state.js";
import { html } from "./parts.js";
import { t } from "../words.js";

/** What was read; null until it is there. It is read again when a key has changed, and when the server answers again;
 * {isLost} where it could not be read and nothing was known before. */
export function useRead(read, keys) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    let isWanted = true;
    const lost = (known) => (known && !known.isLost ? known : { isLost: true });
    read().then((data) => isWanted && setFound(data), () => isWanted && setFound(lost));
    return () => (isWanted = false);
  }, [...keys, trouble.value === null]);
  return found;
}

/** The owner whose trees are shown, with whether who looks may plan there; null until that is known. */
export const useOwner = () => useRead(() => get("owner"), [owner.value?.id, version.value]);

export const Lost = () => html`<p class="empty">${t("This cannot be read now.")}</p>`;
