// The sheet of a leaf on a day: log an amount, a skip or a note, and undo earlier entries.
import { useEffect, useState } from "preact/hooks";
import { get } from "../api.js";
import { shownDay, takeBack, tick, yesterday } from "../state.js";
import { askBeforeClosing } from "../telegram.js";
import { typed } from "./form.js";
import { html, Icon, Sheet } from "./parts.js";
import { go } from "./route.js";
import { amount, dotted, longDay, t } from "../words.js";

export function LogSheet({ kpi, close }) {
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const [fault, setFault] = useState("");
  useEffect(() => () => askBeforeClosing(false), []);
  useEffect(() => askBeforeClosing(Boolean(note || text)), [note, text]);
  const say = (said) => (tick(kpi, { ...said, note: note || undefined }), close());
  const isCheck = kpi.measure === "check";
  const submit = (event) => {
    event.preventDefault();
    if (isCheck) return say({});
    const value = typed(text);
    return Number.isNaN(value) ? setFault(t("Type a number, such as 5 or 2.5.")) : say({ value });
  };
  return html`
    <${Sheet} title=${dotted([kpi.title, yesterday.value && longDay(shownDay.value)])} close=${close}>
      <form class="log" onSubmit=${submit}>
        ${!isCheck && html`
          <div class="chips">${kpi.offers.map((total) => html`<button type="button" class="chip" onClick=${() => say({ value: added(kpi, total) })}>${amount(added(kpi, total), kpi.unit)}</button>`)}</div>
          <label>${t("Amount")}${kpi.unit ? ` (${kpi.unit})` : ""}
            <input inputmode="decimal" autocomplete="off" enterkeyhint="done" value=${text} aria-invalid=${Boolean(fault)} aria-describedby="amount-fault" onInput=${(event) => (setText(event.target.value), setFault(""))} /></label>
          <p id="amount-fault" class="fault" role="alert">${fault}</p>`}
        <label>${t("Note")}<input maxlength="1000" autocomplete="off" value=${note} onInput=${(event) => setNote(event.target.value)} /></label>
        <button class="main" type="submit">${!isCheck ? t("Log") : kpi.dayValue > 0 ? t("Add the note") : t("Tick")}</button>
      </form>
      <${Said} kpi=${kpi} />
      <div class="actions">
        ${!kpi.skipped && html`<button class="plain" onClick=${() => say({ skipped: true })}><${Icon} name="skip" />${t("Skip")}</button>`}
        <button class="plain" onClick=${() => (close(), go("goal", { id: kpi.id }))}><${Icon} name="progress" />${t("Open goal")}</button>
      </div>
    <//>`;
}

const added = (kpi, total) => ((kpi.aggregate ?? "sum") === "sum" && kpi.baseline == null ? total - (kpi.dayValue ?? 0) : total);

/** The day's entries. */
function Said({ kpi }) {
  const [logs, setLogs] = useState([]);
  useEffect(() => {
    const day = shownDay.value;
    get("kpi-logs", { kpiId: kpi.id, from: day, to: day }).then((page) => setLogs(page.logs), () => {});
  }, [kpi.id, kpi.dayValue, kpi.skipped]);
  return html`<ul class="said">${logs.map((log) => html`
    <li key=${log.id}><span dir="auto">${log.skipped ? t("skipped") : kpi.measure === "check" ? t("done") : amount(log.value, kpi.unit)}${log.note && html` <q dir="auto">${log.note}</q>`}</span>
      ${log.isMine && html`<button class="plain danger" onClick=${() => takeBack(log.id)}>${t("Take back")}</button>`}</li>`)}</ul>`;
}
