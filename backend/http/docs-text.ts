/** The introduction of the API documentation. */
export const guideText = `Live departures for passengers' pages and outside programs.

**Times** are ISO 8601 in UTC; the station's zone stands beside them. What is not known is absent, never empty.

**Errors** have one shape: \`{"code":"FL_…","message":"…","details":…}\`.

**Live** updates come over the WebSocket \`/ws\` (JSON text frames: send \`{"op":"follow","all":true}\`); pollers ask
\`/api/check_updates\` with the cursor of the last answer and its ETag.

**Staff** calls need the cookie of \`POST /api/session\`.`
