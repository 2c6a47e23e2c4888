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
/** Leaves the place for the one before it. */
export const leave = () => isDeep() && (places.value = places.value.slice(0, -1));
export const back = () => (tops.value.length ? tops.value.at(-1)() : leave());

const tops = signal([]);
/** The way back does this first, until the function that is given is called: an open sheet is closed. */
export function first(close) {
  tops.value = [...tops.value, close];
  return () => void (tops.value = tops.value.filter((one) => one !== close));
}
export const hasWayBack = () => tops.value.length > 0 || isDeep();
export const followBack = () => effect(() => onBack(hasWayBack() ? back : null));
