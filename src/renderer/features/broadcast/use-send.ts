import { useRef, useState } from 'react'
import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import type { Audience } from '../../../shared/domain/audience.ts'
import { ask } from '../../api/ask.ts'
import { useConsole } from '../../components/console-context.ts'
import type { BroadcastContent } from './broadcast-draft.ts'

/** Sends a broadcast; pressed again after a lost answer it sends the same command, which the service carries out once. */
export function useSend(onSent: (progress: BroadcastProgress) => void) {
  const { client, createId } = useConsole()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState('')
  const last = useRef({ text: '', commandId: '' })

  async function send(audience: Audience, content: BroadcastContent): Promise<void> {
    const text = JSON.stringify([audience, content])
    if (last.current.text !== text) last.current = { text, commandId: createId() }
    setSending(true)
    setProblem('')
    const { commandId } = last.current
    const answer = await ask(client(), ({ broadcasts }) => broadcasts.send({ commandId, audience, ...content }))
    setSending(false)
    if (!answer.failure) return onSent(answer.value)
    const { kind, message } = answer.failure
    setProblem(kind === 'lost' ? `${message} Send again: it cannot go out twice.` : message)
  }

  return { send, isSending, problem }
}
