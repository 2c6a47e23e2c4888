// Why a goal's progress is what it is, and what would raise it most.
import { nodes } from "../state.js";
import { html } from "./parts.js";
import { amount, n, number, percent, shortDay, t } from "../words.js";

export function Why({ why }) {
  const lines = [
    why.pausedUntil && t("It is paused until {day}: those days are not counted as missed.", { day: shortDay(why.pausedUntil) }),
    why.cut && n("{expected} of {target} are expected, since {open} of {count} day is open.", "{expected} of {target} are expected, since {open} of {count} days are open.", why.cut.days, {
      expected: number(why.cut.expectedValue), target: amount(why.cut.targetValue, why.goal.unit), open: number(why.cut.openDays),
    }),
    why.held && heldOf(why),
    why.held && (why.lift ? liftOf(why) : t("Nothing that is still to come lifts it now.")),
  ].filter(Boolean);
  if (!lines.length) return null;
  return html`<section class="section padded" aria-labelledby="why"><h2 id="why">${t("Why")}</h2>
    ${lines.map((line) => html`<p class="sub">${line}</p>`)}</section>`;
}

const heldOf = ({ held, goal }) =>
  held.goalId === goal.id
    ? t("It stands at {percent}.", { percent: percent(held.progressPercentage) })
    : t("{title} holds it down: {done} of {all} are done, {percent} in all.", {
        title: held.title, done: number(held.periodsDone), all: number(held.periods), percent: percent(held.progressPercentage),
      });

/** The server computed these logs, so its result holds for exactly them. */
function liftOf({ lift, goal }) {
  const values = { title: lift.title, day: shortDay(lift.by), percent: percent(lift.progressPercentage) };
  const node = nodes.value.get(lift.goalId);
  const count = lift.logs.length;
  if (node?.direction === "at_most") return n("Note {title} on {count} more day until {day} and it is {percent}: 0 counts, too.", "Note {title} on {count} more days until {day} and it is {percent}: 0 counts, too.", count, values);
  const [first] = lift.logs;
  if (!lift.unit && lift.logs.every((one) => one.value === 1)) return n("With {count} more tick of {title} until {day} it is {percent}.", "With {count} more ticks of {title} until {day} it is {percent}.", count, values);
  if (lift.periods > 1) {
    const said = { ...values, amount: amount(first.value, lift.unit) };
    return lift.logs.every((one) => one.value === first.value)
      ? n("With {amount} of {title}, {count} time until {day}, it is {percent}.", "With {amount} of {title}, {count} times until {day}, it is {percent}.", count, said)
      : n("With {title} done in {count} more period until {day} it is {percent}.", "With {title} done in {count} more periods until {day} it is {percent}.", lift.periods, values);
  }
  const value = node?.baseline == null ? lift.logs.reduce((all, one) => all + one.value, 0) : lift.logs.at(-1).value;
  const said = { ...values, amount: amount(value, lift.unit) };
  return lift.goalId === goal.id ? t("With {amount} by {day} it is {percent}.", said) : t("With {amount} of {title} by {day} it is {percent}.", said);
}
