/** The introduction of the API documentation. */
export const guideText = `Live departures for passengers' pages and outside programs.

**Times** are ISO 8601 in UTC; the station's zone stands beside them. What is not known is absent, never empty.
Under \`/api/desk\`, which is for the airline's own systems, times are milliseconds since 1970 in UTC.

**Errors** have one shape: \`{"code":"FL_…","message":"…","details":…}\`; decide by the code.

**Live** updates come over the WebSocket \`/ws\` (JSON text frames: send \`{"op":"follow","all":true}\`); pollers ask
\`/api/check_updates\` with the cursor of the last answer and its ETag. Who says nothing within 10 s of the handshake is closed (1008).
After 429, 503 and a close with 1001 or 1013 come back later, at a moment chosen by chance: \`Retry-After\` says when at the earliest.

**Staff** calls need the cookie of \`POST /api/session\`. Everything a console can do is offered under \`/api/desk\` too. A
command there names the revision that it is based on and an id of its own: repeating it is harmless, and one that came too
late is refused with 409 and the present departure in \`details.departure\`.`
