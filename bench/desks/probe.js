// Runs in a console's page, where the bench puts it: moments are those of the page itself, so that what drives the
// browser is not measured with it. Both pages live on one machine and read its one clock.
globalThis.probe = (() => {
  const now = () => performance.timeOrigin + performance.now()
  let enteredAt = 0
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') enteredAt = now()
    },
    { capture: true },
  )
  const text = (row) => document.querySelector(`.ag-row[row-id="${row}"] [col-id="gate"]`)?.textContent ?? ''
  return {
    /** The departures on the screen, in the order of the board. */
    rows: () =>
      [...document.querySelectorAll('.ag-row [col-id="gate"]')]
        .map((cell) => cell.closest('.ag-row'))
        .sort((left, right) => Number(left.getAttribute('row-index')) - Number(right.getAttribute('row-index')))
        .map((row) => row.getAttribute('row-id')),
    /** When Enter was last pressed. */
    enteredAt: () => enteredAt,
    /** Resolves with the moment at which the gate's cell shows this gate; rejects after ten seconds. */
    shows: (row, gate) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!text(row).includes(gate)) return
          observer.disconnect()
          clearTimeout(timer)
          resolve(now())
        }
        const observer = new MutationObserver(look)
        const timer = setTimeout(() => {
          observer.disconnect()
          reject(new Error(`${row} does not show ${gate} but ${text(row)}`))
        }, 10_000)
        observer.observe(document.body, { childList: true, characterData: true, subtree: true })
        look()
      }),
  }
})()
