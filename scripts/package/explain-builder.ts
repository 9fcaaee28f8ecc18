const network = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|HTTPError|RequestError)\b/

/** One line for a failure whose cause is known, else `undefined`: then its own words must do. */
export function explainBuilder(output: string): string | undefined {
  if (!network.test(output)) return undefined
  return (
    "Electron's binary, or a tool that makes installers, could not be downloaded: package where the network allows it, " +
    'or name an unpacked Electron with "npm run package -- --dir -c.electronDist=<folder>".'
  )
}
