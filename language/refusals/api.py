"""Why a request to the API is refused."""

from language.i18n import mark, several
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # Callers
    "sign_in_needed": mark("Say who you are: with a personal token as bearer, or with the init data of the Mini App."),
    "token_unknown": mark("That token is unknown, or was revoked: make a new one."),
    "init_data_invalid": mark("Telegram did not sign this for this bot: open the app anew."),
    "init_data_expired": mark("The app was opened too long ago: open it anew."),
    "not_allowed": mark("This bot is not open to you."),
    "scope_missing": mark("This token may not do that: it takes one with the scope {scope}."),
    "too_many_requests": several("Too many requests: wait a second.", "Too many requests: wait {count} seconds."),
    # Requests
    "unknown_path": mark("There is nothing at this address."),
    "unknown_method": mark("That cannot be done at this address."),
    "request_invalid": several(
        "One thing in this request is not as it should be.", "{count} things in this request are not as they should be."
    ),
    "not_json": mark("Send a body as application/json."),
    "not_json_nor_form": mark("Send a body as application/json, or as a form."),
    "body_too_large": mark("That is too large: at most {most} bytes are read."),
    "body_late": mark("The body took too long to arrive."),
    "key_unfit": mark("An Idempotency-Key has at most {most} letters, digits and signs."),
    "key_reused": mark("That Idempotency-Key stood for another request: take a new one."),
    "key_unanswered": mark("That request was carried out, but its answer is not known (yet). Look at what is there."),
    "two_keys": mark("The id and the Idempotency-Key differ: send one of them, or the same in both."),
    "another_file": mark("This is not the file that was previewed: preview it first, and send its digest along."),
    "form_unfit": mark("That form cannot be read: send fields with short texts, and no files."),
    "request_failed": mark("Something went wrong here. Look at what is there before you try again."),
    "store_away": mark("The database is away just now, and nothing was changed. Try again in a moment."),
    "cursor_unfit": mark("That cursor is none of this list: begin without one."),
    "no_group": mark("Only a group has a board: name one as the owner."),
    "one_goal": mark("One goal is added at a time, with what stands below it further in; here are {count}."),
    "answers_unasked": mark("That plan asks {count} things: send so many answers."),
    "range_too_long": mark("A range has at most {days} days: ask for less."),
    # Goals by their names
    "goal_not_called": mark("No goal is called “{name}”. These come near: {candidates}."),
    "goal_unnamed": mark("No goal is called “{name}”."),
    "goal_ambiguous": mark("Several goals are called “{name}”. Name one of them with its path: {candidates}."),
    # Tokens
    "scopes_unknown": mark("A token can read, log and plan: choose at least one of these."),
    "tokens_full": mark("You have {count} tokens already: revoke one first."),
    "address_gone": mark("There is nothing at this address: it was revoked, or never given out."),
    "token_gone": mark("That token is not here (any more)."),
    "log_gone": mark("That entry is not here (any more)."),
}
