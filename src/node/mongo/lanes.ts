/** How work is spread over lanes. */
export interface Lanes<Item, Result> {
  /** How many run side by side. */
  readonly lanes: number
  /** Items of the same lane run one after the other, in the order given. */
  laneOf(item: Item): string
  run(item: Item): Promise<Result>
}

/** Runs all items; the results stand in the order of the items. */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  how: Lanes<Item, Result>,
): Promise<readonly Result[]> {
  const indexed = items.map((item, index) => ({ item, index }))
  const waiting = [...Map.groupBy(indexed, ({ item }) => how.laneOf(item)).values()]
  const results = new Map<number, Result>()
  const work = async () => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      for (const { item, index } of lane) results.set(index, await how.run(item))
    }
  }
  await Promise.all(Array.from({ length: Math.min(how.lanes, waiting.length) }, work))
  return indexed.flatMap(({ index }) => (results.has(index) ? [results.get(index)] : [])) as Result[] // each index was set
}
