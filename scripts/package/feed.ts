/**
 * Tells the package where to look for updates, when whoever packages says so (`FLIGHTLINE_UPDATES_URL`). A package
 * without a feed never asks anybody.
 */
export function feedArguments({ FLIGHTLINE_UPDATES_URL: url }: NodeJS.ProcessEnv): readonly string[] {
  if (!url) return []
  const { protocol } = new URL(url)
  if (protocol !== 'https:') throw new RangeError(`FLIGHTLINE_UPDATES_URL must begin with https:, not ${protocol}`)
  return ['-c.publish.provider=generic', `-c.publish.url=${url}`]
}
