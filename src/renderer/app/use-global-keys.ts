import { useEffect } from 'react'
import { useConsole } from '../components/console-context.ts'
import type { Console } from '../stores/console.ts'
import { openSystem } from './carry-out.ts'
import { focusSearch } from './focus-search.ts'
import { type GlobalIntent, globalIntent } from './global-keys.ts'

/** Listens for the keys that work anywhere. */
export function useGlobalKeys(): void {
  const console = useConsole()
  useEffect(() => {
    function handle(event: KeyboardEvent): void {
      const intent = globalIntent({
        key: event.key,
        hasModifier: event.ctrlKey || event.altKey || event.metaKey,
        isTaken: event.defaultPrevented || isTyping(event.target, event.key),
      })
      if (!intent) return
      event.preventDefault()
      carryOut(console, intent)
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [console])
}

function carryOut(console: Console, intent: GlobalIntent): void {
  const { view, workbench } = console
  switch (intent) {
    case 'search':
      focusSearch()
      break
    case 'now':
      workbench.setState(({ nowAsked }) => ({ nowAsked: nowAsked + 1 }))
      break
    case 'help':
      workbench.setState({ isHelping: true })
      break
    case 'system':
      openSystem(console)
      break
    case 'time':
      view.setState(({ timeMode }) => ({ timeMode: timeMode === 'utc' ? 'local' : 'utc' }))
  }
}

/** Fields and dialogues take every key; on a gate, letters are the beginning of a new gate. */
function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (/^[a-z]$/.test(key) && target.closest('[col-id="gate"]')) return true
  return target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null
}
