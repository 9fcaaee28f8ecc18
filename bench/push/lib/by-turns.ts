/** Each time another one goes first: what the machine does meanwhile must not always meet the same one. */
export function startingAt<Member>(members: readonly Member[], repeat: number): readonly Member[] {
  const first = (repeat - 1) % Math.max(1, members.length)
  return [...members.slice(first), ...members.slice(0, first)]
}
