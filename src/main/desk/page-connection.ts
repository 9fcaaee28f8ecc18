/** One open port of one page: the context of every call on it. */
export interface PageConnection {
  /** The page's `webContents` id. */
  readonly page: number
  /** What the page shows. The library copies contexts from call to call, so it is what is inside that may change. */
  readonly shown: {
    /** Number of the sign-in; absent until the page asked who is signed in. */
    session?: number
  }
}

/** A port that has just been opened. */
export function openConnection(page: number): PageConnection {
  return { page, shown: {} }
}
