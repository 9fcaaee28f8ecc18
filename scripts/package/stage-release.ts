/** What the updater reads of a release: one file for each system and channel. */
export const releaseFile = /^(latest|beta|alpha)(-mac|-linux)?\.yml$/

/**
 * The release file with the share of desks that take the release, in percent. Each desk has drawn its lot once and for
 * all: a greater share adds desks, a smaller one takes no version back.
 */
export function stageRelease(text: string, percentage: number): string {
  if (!Number.isInteger(percentage) || percentage < 0 || percentage > 100) {
    throw new RangeError(`a share is a whole number from 0 to 100, not ${percentage}`)
  }
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('stagingPercentage:'))
  // No line is more than 100: the updater compares with "less than", which leaves out who drew the highest lot.
  if (percentage < 100) lines.push(`stagingPercentage: ${percentage}`)
  return `${lines.join('\n')}\n`
}
