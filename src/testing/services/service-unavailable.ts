/** A part that tests need cannot start here. The message is one line: what is missing, and how to get it. */
export class ServiceUnavailable extends Error {
  constructor(missing: string, remedy: string, options?: ErrorOptions) {
    super(`${missing}: ${remedy}`.replace(/\s+/g, ' '), options)
    this.name = 'ServiceUnavailable'
  }
}
