/** One figure of a backend's `/metrics`. @param name - how its line begins, labels included */
export async function readMetric(url: string, name: RegExp): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const line = text.split('\n').find((candidate) => name.test(candidate))
  return Number(line?.slice(line.lastIndexOf(' ') + 1))
}
