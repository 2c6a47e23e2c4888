// Where the person is. The address belongs to Telegram, so places are kept here, with Telegram's way back.
import { effect, signal } from "@preact/signals-core";
import { onBack } from "../telegram.js";

export const TABS = ["today", "tree", "progress", "group"];
const places = signal([{ screen: "today" }]);

export const here = () => places.value.at(-1);
export const tab = () => places.value[0].screen;
export const isDeep = () => places.value.length > 1;
export const go = (screen, more = {}) => {
  places.value = TABS.includes(screen) ? [{ screen, ...more }] : [...places.value, { screen, ...more }];
  scrollTo(0, 0);
};
export const back = () => {
  if (closeTop.value) closeTop.value();
  else if (isDeep()) places.value = places.value.slice(0, -1);
};

/** What the way back closes first: an open sheet. */
export const closeTop = signal(null);
export const followBack = () => effect(() => onBack(closeTop.value || places.value.length > 1 ? back : null));
