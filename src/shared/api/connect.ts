/** Name of the message with which a page hands over its end of a MessagePort: page to preload, preload to main. */
export const CONNECT = 'flightline:connect'
