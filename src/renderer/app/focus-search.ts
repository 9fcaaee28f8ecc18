/** Puts the focus into the board's search. */
export function focusSearch(): void {
  document.getElementById('board-search')?.focus()
}
