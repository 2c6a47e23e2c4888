// Why a goal stands where it stands, and what would lift it most.
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
    ${lines.map((line) => html`<p class="sub" dir="auto">${line}</p>`)}</section>`;
}

const heldOf = ({ held, goal }) =>
  held.goalId === goal.id
    ? t("It stands at {percent}.", { percent: percent(held.progressPercentage) })
    : t("{title} holds it down: {done} of {all} are done, {percent} in all.", {
        title: held.title, done: number(held.periodsDone), all: number(held.periods), percent: percent(held.progressPercentage),
      });

function liftOf({ lift, goal }) {
  const values = { title: lift.title, day: shortDay(lift.by), percent: percent(lift.progressPercentage) };
  const sum = lift.logs.reduce((all, one) => all + one.value, 0);
  if (lift.unit && lift.goalId === goal.id) return t("{amount} more until {day} would lift it to {percent}.", { ...values, amount: amount(sum, lift.unit) });
  return lift.unit
    ? t("{amount} of {title} until {day} would lift it to {percent}.", { ...values, amount: amount(sum, lift.unit) })
    : n("{title} done {count} more time until {day} would lift it to {percent}.", "{title} done {count} more times until {day} would lift it to {percent}.", lift.logs.length, values);
}
