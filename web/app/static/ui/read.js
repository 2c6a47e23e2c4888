// Data that a screen loads by itself.
import { useEffect, useState } from "preact/hooks";
import { get } from "../api.js";
import { trouble } from "../queue.js";
import { owner, version } from "../state.js";
import { html } from "./parts.js";
import { t } from "../words.js";

/** The loaded data; null until it arrives. It is reloaded when a key changes and when the server answers again.
 * {isLost} if it could not be loaded and nothing was known before. */
export function useRead(read, keys) {
  const [data, setData] = useState(null);
  useEffect(() => {
    let isWanted = true;
    const lost = (known) => (known && !known.isLost ? known : { isLost: true });
    read().then((given) => isWanted && setData(given), () => isWanted && setData(lost));
    return () => (isWanted = false);
  }, [...keys, trouble.value === null]);
  return data;
}

/** The owner of the shown trees, and whether the person may plan there; null until loaded. */
export const useOwner = () => useRead(() => get("owner"), [owner.value?.id, version.value]);

export const Lost = () => html`<p class="empty">${t("This cannot be read now.")}</p>`;
