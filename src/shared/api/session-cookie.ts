/** Name of the cookie that holds the session token: set by the backend, sent by browsers and by desktops in served mode. */
export const SESSION_COOKIE = 'flightline_session'
