interface ErrorEntry {
  /** HTTP status; RPC and frames carry it along. */
  readonly status: number
  /** One sentence that tells a person what to do; `{name}` is filled from the details. */
  readonly message: string
}

/** Every error the product can answer with. `docs/errors.md` is compared with this list by a test. */
export const errorCatalogue = {
  FL_ACCOUNT_LAST_ADMIN: {
    status: 409,
    message: 'This is the last administrator; give somebody else that role first.',
  },
  FL_ACCOUNT_PASSWORD: { status: 422, message: 'A new account needs a password of at least {least} characters.' },
  FL_BAD_REQUEST: {
    status: 400,
    message: 'The request is not as documented; see details for the field and correct it.',
  },
  FL_BODY_TOO_LARGE: { status: 413, message: 'This request may have at most {limit} bytes; send less at once.' },
  FL_BROADCAST_EMPTY: {
    status: 422,
    message: 'No departure matches this audience; widen the filter or choose other flights.',
  },
  FL_BROADCAST_UNKNOWN: { status: 404, message: 'There is no broadcast {id}; look it up in the list of broadcasts.' },
  FL_CANCELLATION_INVALID: {
    status: 422,
    message: 'Departure {id} has left the stand and cannot be cancelled; mark its return first.',
  },
  FL_CHANNEL_UNAVAILABLE: {
    status: 422,
    message: 'Messages by {channel} are not offered here; give an e-mail address.',
  },
  FL_COMMANDS_FULL: {
    status: 507,
    message: 'This desk keeps {limit} unanswered commands already; wait for the connection, or put some away.',
  },
  FL_COMMAND_EXPIRED: {
    status: 409,
    message: 'The time in which this change of {id} was to be made is over; look at the departure and decide again.',
  },
  FL_COMMAND_REUSED: {
    status: 409,
    message: 'Command {commandId} was already used for another departure; send a new command id.',
  },
  FL_CONNECTION_HALF: {
    status: 500,
    message: 'Set both MONGODB_URL and KAFKA_BROKERS, or neither; only {present} is set.',
  },
  FL_CSV_INVALID: { status: 400, message: 'The file is not CSV with the documented columns; missing: {missing}.' },
  FL_CSV_ROW: { status: 422, message: 'Column {column}: {problem}.' },
  FL_DELAY_INVALID: { status: 422, message: 'A delay is a whole number of minutes from 0 to 2880; correct {minutes}.' },
  FL_DELAY_REASON_TEXT: { status: 422, message: 'Delay code {code} needs a remark that says what happened.' },
  FL_DELAY_REASON_UNKNOWN: { status: 422, message: 'Delay code {code} is not in {scheme}; choose one from the list.' },
  FL_DELAY_SUM: {
    status: 422,
    message: 'The reasons account for {sum} min, the delay is {delay} min; make them equal.',
  },
  FL_DEPARTURE_EXISTS: { status: 409, message: 'Departure {id} exists already; edit it instead.' },
  FL_DEPARTURE_ID: { status: 400, message: '"{id}" is not a departure id; it reads like B6739-2026-11-20-JFK.' },
  FL_DEPARTURE_STALE: {
    status: 409,
    message: 'Departure {id} was changed by somebody else meanwhile; compare and send again.',
  },
  FL_DEPARTURE_UNKNOWN: { status: 404, message: 'There is no departure {id}; check flight number, date and station.' },
  FL_DESK_UNAVAILABLE: {
    status: 503,
    message: 'This desk has no connection to its service; it goes on as soon as there is one.',
  },
  FL_ESTIMATE_INVALID: {
    status: 422,
    message: 'The estimate lies more than {limit} the schedule; check the date and time.',
  },
  FL_EVENT_UNREADABLE: {
    status: 500,
    message: 'A message on {topic} could not be read: {problem}; it was set aside on {topic}.dead.',
  },
  FL_FOLLOW_LIMIT: {
    status: 400,
    message: 'One connection follows at most {limit} flights; unfollow some, or follow all.',
  },
  FL_FORBIDDEN: { status: 403, message: 'Your role {role} may not do this; ask a {needed}.' },
  FL_FRAME_INVALID: { status: 400, message: 'This frame is not understood: {problem}.' },
  FL_FRAME_TOO_LARGE: { status: 413, message: 'A frame may have at most {limit} bytes.' },
  FL_GATE_INVALID: { status: 422, message: '"{gate}" is not a gate; use one to six letters and digits, such as B12.' },
  FL_HEADERS_TOO_LARGE: { status: 431, message: 'Address and headers together are too long; ask for less at once.' },
  FL_INTERNAL: { status: 500, message: 'Something went wrong here; report the id {errorId}.' },
  FL_LISTEN_FAILED: { status: 500, message: 'Cannot listen on {host}, port {port}: {problem}.' },
  FL_LOG_UNAVAILABLE: {
    status: 503,
    message: 'The event log does not answer ({problem}); what was accepted is published as soon as it does.',
  },
  FL_MEDIA_UNSUPPORTED: { status: 415, message: 'This content type is not taken here; see /docs for what to send.' },
  FL_NOT_FOUND: { status: 404, message: 'There is nothing at {path}; see /docs.' },
  FL_ORIGIN_FOREIGN: {
    status: 403,
    message: 'Connections from this origin are not accepted; open the page of this server.',
  },
  FL_OUTBOX_FULL: {
    status: 503,
    message: 'Departure {id} has {count} unpublished changes; publishing has stopped, tell operations.',
  },
  FL_PII_KEY_FOREIGN: {
    status: 500,
    message: 'FLIGHTLINE_PII_KEY is not the key that this store was filled with; give every process the same one.',
  },
  FL_POLICY_INVALID: {
    status: 500,
    message: 'The policy {path} is not followed, and updates are off: {problem}. An administrator can correct it.',
  },
  FL_RATE_LIMITED: { status: 429, message: 'Too many requests; wait {seconds} s and try again.' },
  FL_REINSTATEMENT_INVALID: {
    status: 422,
    message: 'Departure {id} is not cancelled, so there is nothing to reinstate.',
  },
  FL_REQUEST_SLOW: { status: 408, message: 'The request took too long to arrive; send it again.' },
  FL_SCHEMA_NEWER: {
    status: 500,
    message: 'The store has schema {found}, this program knows {known}; install the newer version.',
  },
  FL_SEAL_BROKEN: {
    status: 500,
    message: 'A stored address cannot be read with this key; restore the key it was sealed with.',
  },
  FL_SECRETS_LOCKED: {
    status: 503,
    message: 'The keyring of this system is locked and gives no passwords; unlock it and start Flightline again.',
  },
  FL_SECRETS_UNPROTECTED: {
    status: 500,
    message: 'This system has no keyring for passwords; install one, or connect to a Flightline server instead.',
  },
  FL_SERVER_BUSY: {
    status: 503,
    message: 'This server has as many connections as it can take now; wait {seconds} s and try again.',
  },
  FL_SERVER_INSECURE: {
    status: 422,
    message: 'Give the address of the server as https://…; http is accepted for this machine itself only.',
  },
  FL_SESSION_EXPIRED: { status: 401, message: 'Your session has ended; sign in again.' },
  FL_SESSION_MISSING: { status: 401, message: 'Sign in first.' },
  FL_SETTINGS_INVALID: { status: 500, message: 'The settings have {count} problem(s): {problems}' },
  FL_SETTINGS_LOCKED: {
    status: 403,
    message: 'The settings of this desk are set by the {source}; whoever administers this machine can change them.',
  },
  FL_SHUTTING_DOWN: { status: 503, message: 'This server is being stopped; connect again in a moment.' },
  FL_SIGN_IN_REFUSED: { status: 401, message: 'Name or password is wrong.' },
  FL_STATION_FOREIGN: {
    status: 403,
    message: 'You are signed in for {stations}; this departure belongs to {station}.',
  },
  FL_STORE_FULL: { status: 507, message: 'The disk of the store is full; free space, then send the change again.' },
  FL_STORE_RIGHTS: {
    status: 500,
    message: 'The account of this desk may not do this in MongoDB; give it the role flightlineDesk.',
  },
  FL_STORE_UNAVAILABLE: { status: 503, message: 'The store does not answer; the change was not made, try again.' },
  FL_STORE_UNPREPARED: {
    status: 503,
    message: 'The store has schema {found}, this desk needs {known}; start the backend of this version once.',
  },
  FL_SUBSCRIPTION_UNKNOWN: {
    status: 404,
    message: 'This link is not valid any more; ask for a new one on the flight page.',
  },
  FL_SYSTEM_ELSEWHERE: {
    status: 501,
    message: 'This desk works on the store itself and is not connected to a backend; open the console of the backend.',
  },
  FL_TIME_INVALID: {
    status: 422,
    message: 'A time of {id} cannot be right: it lies {problem}; check the date and time.',
  },
  FL_TRANSITION_INVALID: { status: 422, message: 'Departure {id} is {status}; {action} does not apply.' },
} as const satisfies Record<`FL_${string}`, ErrorEntry>
