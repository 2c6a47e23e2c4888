// The current place in the app. The address belongs to Telegram, so places are kept here, with Telegram's back button.
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
/** Returns to the previous place. */
export const leave = () => isDeep() && (places.value = places.value.slice(0, -1));
export const back = () => (tops.value.length ? tops.value.at(-1)() : leave());

const tops = signal([]);
/** Makes the back button do this first, such as close a sheet, until the returned function is called. */
export function first(close) {
  tops.value = [...tops.value, close];
  return () => void (tops.value = tops.value.filter((one) => one !== close));
}
export const hasWayBack = () => tops.value.length > 0 || isDeep();
export const followBack = () => effect(() => onBack(hasWayBack() ? back : null));
