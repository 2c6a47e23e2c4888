// Sentences for a server that does not answer.
import { t } from "./words.js";

/** `offline` is the sentence without a connection; `isKept`: the change is stored here and will be sent. */
export function whyUnanswered({ status }, offline, { isKept = false } = {}) {
  if (!status) return offline;
  if (status === 429) return isKept ? t("Too much at once; what you did is kept and sent again.") : t("Too much at once; try again in a moment.");
  return isKept ? t("Something went wrong here; what you did is kept and sent again.") : t("Something went wrong here; try again in a moment.");
}
