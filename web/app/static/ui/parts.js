// Small components that all screens use.
import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import htm from "htm";
import { first } from "./route.js";
import { amount, dotted, number, percent, t } from "../words.js";

export const html = htm.bind(h);

const PATHS = {
  today: "M5 12.5l4.5 4.5L19 7.5",
  tree: "M12 21v-9M12 12c0-4 3-6 7-6 0 4-3 6-7 6zM12 15c0-3-2.5-5-6-5 0 3 2.5 5 6 5z",
  progress: "M5 20v-6M12 20V5M19 20v-9",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.4c2.1.8 3.5 2.8 3.5 5.6",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  fold: "M9 6l6 6-6 6",
  back: "M15 5l-7 7 7 7",
  add: "M12 5v14M5 12h14",
  drag: "M5 9h14M5 15h14",
  wait: "M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  skip: "M6 12h12",
  close: "M6 6l12 12M18 6L6 18",
  edit: "M4 20h4L19 9l-4-4L4 16z",
  pause: "M9 6v12M15 6v12",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
};

export const Icon = ({ name, class: more = "" }) => html`
  <svg class=${`icon ${more}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;

const statuses = () => ({
  done: t("done"),
  on_track: t("on track"),
  at_risk: t("at risk"),
  behind: t("behind"),
  tracked: t("tracked"),
  off: t("off today"),
  inactive: t("not active"),
});
export const statusName = (status) => statuses()[status] ?? "";

/** Whole percent, rounded down, so that 100% appears only when it is reached. */
export const whole = (progress) => Math.floor((progress ?? 0) + 1e-9);

/** Progress in amounts. */
export function howFar({ direction, baseline, currentValue, targetValue, unit }) {
  const target = amount(targetValue, unit);
  if (baseline != null) {
    const way = t("from {from} to {to}", { from: number(baseline), to: target });
    return currentValue == null ? way : dotted([amount(currentValue, unit), way]);
  }
  const value = number(currentValue ?? 0);
  return direction === "at_most" ? t("{value} of at most {target}", { value, target }) : t("{value} of {target}", { value, target });
}

/** Progress as a bar, with a mark at the even pace. */
export function Bar({ node, large = false }) {
  const progress = node.progressPercentage ?? 0;
  const pace = node.pacePercentage;
  const said = node.status ? t("{percent}, {status}", { percent: percent(whole(progress)), status: statusName(node.status) }) : percent(whole(progress));
  return html`
    <div class=${`bar ${large ? "large" : ""} is-${node.status}`} role="progressbar" aria-label=${node.title}
      aria-valuenow=${whole(progress)} aria-valuemin="0" aria-valuemax="100" aria-valuetext=${said}>
      <i style=${{ width: `${progress}%` }}></i>
      ${pace > 0 && pace < 100 && progress < 100 && html`<b style=${{ insetInlineStart: `${pace}%` }}></b>`}
    </div>`;
}

/** A sheet from below. It closes by its button, Escape, a tap beside it, and Telegram's back button. */
export function Sheet({ title, close, children }) {
  const place = useRef(null);
  const closing = useRef(close);
  closing.current = close;
  useLayoutEffect(() => {
    const dialog = place.current;
    const before = document.activeElement;
    const forget = first(() => closing.current());
    dialog.showModal();
    return () => {
      forget();
      dialog.close();
      before?.focus?.();
    };
  }, []);
  const beside = (event) => event.target === place.current && close();
  return html`
    <dialog ref=${place} class="sheet" aria-labelledby="sheet-title" onCancel=${(event) => (event.preventDefault(), close())} onClick=${beside}>
      <div class="sheet-body">
        <header><h2 id="sheet-title" dir="auto">${title}</h2>
          <button class="round" aria-label=${t("Close")} onClick=${close}><${Icon} name="close" /></button></header>
        ${children}
      </div>
    </dialog>`;
}

/** Grey placeholders while something loads. */
export const Skeleton = ({ rows = 4 }) => html`
  <div class="section skeleton" role="status" aria-label=${t("Loading")}>${Array.from({ length: rows }, () => html`<div class="row"><i></i><span></span></div>`)}</div>`;
