/** Waits for `work`, but no longer than `milliseconds`; its failure counts as its end. For closing what may hang. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, milliseconds)
  await Promise.race([work.then(ignore, ignore), late.promise])
  clearTimeout(timer)
}

const ignore = () => undefined
