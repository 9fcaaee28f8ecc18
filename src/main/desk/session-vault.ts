/** Keeps one secret over restarts, where the system can keep secrets; elsewhere it keeps nothing. */
export interface SessionVault {
  load(): Promise<string | undefined>
  /** `undefined` takes away what was kept. */
  save(text: string | undefined): Promise<void>
}
