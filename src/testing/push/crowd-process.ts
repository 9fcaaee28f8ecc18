import { WebSocket } from 'ws'
import { backOff, pauseAfterClose } from '../../passenger/live/back-off.ts'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { type AskedProcess, answerQuestions, startAskedProcess } from './asked-process.ts'

/** Who is in a crowd. */
export interface CrowdParts {
  readonly url: string
  readonly count: number
  /** Members follow one of these each, by turns. */
  readonly flights: readonly string[]
  /** Of so many members one follows everything instead, and is the one that may stop reading. */
  readonly eachFollowingAll: number
}

/** What became of a crowd. */
export interface CrowdFigures {
  /** Members whose present socket has answered their follow. */
  readonly answered: number
  /** Departure frames to those who follow one flight. */
  readonly frames: number
  /** Answers by what they said about what was missed. */
  readonly recovered: number
  readonly told: number
  /** How often an older revision came after a newer one on the same socket. */
  readonly stepsBack: number
  /** Ends of sockets by close code. */
  readonly endings: Readonly<Record<string, number>>
}

/** Thousands of clients in a process of their own, which come back as the passengers' page does. */
export interface CrowdProcess extends AsyncDisposable {
  look(): Promise<CrowdFigures>
  /** How many do not show these revisions of what they follow. */
  countStale(present: ReadonlyMap<string, number>): Promise<number>
  /** Those who follow everything read nothing from now on, or read on. */
  setReading(isReading: boolean): Promise<void>
}

type Question =
  | { readonly kind: 'look' }
  | { readonly kind: 'stale'; readonly present: readonly (readonly [string, number])[] }
  | { readonly kind: 'reading'; readonly isReading: boolean }

/** Starts this very file as another process; its members come within a few seconds. */
export async function startCrowdProcess(parts: CrowdParts): Promise<CrowdProcess> {
  const child: AskedProcess = await startAskedProcess(import.meta.filename, parts)
  const ask = <Answer>(question: Question) => child.ask<Answer>(question)
  return {
    look: () => ask({ kind: 'look' }),
    countStale: (present) => ask({ kind: 'stale', present: [...present] }),
    setReading: (isReading) => ask({ kind: 'reading', isReading }),
    [Symbol.asyncDispose]: () => child.end('SIGKILL'),
  }
}

interface Member {
  /** `undefined`: everything. */
  readonly flight: string | undefined
  readonly shown: Map<string, number>
  readonly sentOnSocket: Map<string, number>
  position: string | undefined
  socket: WebSocket | undefined
  isGreeted: boolean
  isAnswered: boolean
  failures: number
}

interface Crowd {
  readonly url: string
  readonly members: readonly Member[]
  readonly counts: { frames: number; recovered: number; told: number; stepsBack: number }
  readonly endings: Record<string, number>
}

// Members that come for the first time, per millisecond; a gateway lets one address make two thousand handshakes a second.
const FIRST_COMERS = 1.2

function gather({ url, count, flights, eachFollowingAll }: CrowdParts): Crowd {
  const members = Array.from({ length: count }, (_, at): Member => {
    const flight = at % eachFollowingAll === 0 ? undefined : flights[at % flights.length]
    return {
      ...{ flight, shown: new Map(), sentOnSocket: new Map() },
      ...{ position: undefined, socket: undefined, isGreeted: false, isAnswered: false, failures: 0 },
    }
  })
  return { url, members, counts: { frames: 0, recovered: 0, told: 0, stepsBack: 0 }, endings: {} }
}

function connect(crowd: Crowd, member: Member): void {
  const socket = new WebSocket(crowd.url, { perMessageDeflate: false })
  member.socket = socket
  member.isGreeted = false
  member.isAnswered = false
  member.sentOnSocket.clear()
  // Its end tells as much.
  socket.on('error', () => undefined)
  socket.on('message', (data) => receive(crowd, member, JSON.parse(String(data))))
  socket.on('close', (code) => {
    member.isAnswered = false
    crowd.endings[code] = (crowd.endings[code] ?? 0) + 1
    setTimeout(() => connect(crowd, member), pauseBefore(member, code))
  })
}

function pauseBefore(member: Member, code: number): number {
  if (member.isGreeted) return pauseAfterClose(code, Math.random())
  member.failures += 1
  return backOff(member.failures, Math.random())
}

function receive(crowd: Crowd, member: Member, frame: ServerFrame): void {
  if (frame.op === 'hello') {
    member.isGreeted = true
    member.failures = 0
    member.socket?.send(JSON.stringify(request(member)))
  } else if (frame.op === 'snapshot') {
    takeSnapshot(crowd, member, frame)
  } else if (frame.op === 'departure') {
    if (member.flight !== undefined) crowd.counts.frames += 1
    take(crowd, member, frame.departure)
  }
  if ('position' in frame) member.position = frame.position
}

function request({ flight, shown, position }: Member): object {
  if (flight === undefined) return { op: 'follow', all: true, since: position }
  return { op: 'follow', flights: { [flight]: shown.get(flight) ?? 0 } }
}

function takeSnapshot(crowd: Crowd, member: Member, frame: ServerFrame & { op: 'snapshot' }): void {
  member.isAnswered = true
  crowd.counts[frame.recovered ? 'recovered' : 'told'] += 1
  if (!frame.recovered) member.shown.clear()
  for (const departure of frame.departures) take(crowd, member, departure)
}

function take({ counts }: Crowd, member: Member, { id, revision }: { id: string; revision: number }): void {
  if (revision < (member.sentOnSocket.get(id) ?? 0)) counts.stepsBack += 1
  member.sentOnSocket.set(id, revision)
  if (revision > (member.shown.get(id) ?? 0)) member.shown.set(id, revision)
}

function answer(crowd: Crowd, question: Question): unknown {
  const { members, counts, endings } = crowd
  if (question.kind === 'stale') {
    const { present } = question
    return members.filter((member) => isStale(member, present)).length
  }
  if (question.kind === 'reading') {
    for (const { flight, socket } of members) if (flight === undefined) setReading(socket, question.isReading)
    return null
  }
  return { ...counts, endings, answered: members.filter(({ isAnswered }) => isAnswered).length }
}

function isStale({ flight, shown }: Member, present: readonly (readonly [string, number])[]): boolean {
  return present.some(([id, revision]) => (flight === undefined || flight === id) && shown.get(id) !== revision)
}

function setReading(socket: WebSocket | undefined, isReading: boolean): void {
  if (isReading) socket?.resume()
  else socket?.pause()
}

if (process.argv[1] === import.meta.filename) {
  const crowd = gather(JSON.parse(process.argv[2] ?? ''))
  for (const [at, member] of crowd.members.entries()) setTimeout(() => connect(crowd, member), at / FIRST_COMERS)
  // Reason for the cast: only the other half of this file asks.
  answerQuestions((question) => answer(crowd, question as Question))
}
