import { expect, test } from 'vitest'
import { HEALTH_WITHIN } from '../../shared/api/backend-messages.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { scriptedForks } from '../../testing/fixtures/scripted-backend.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import type { Health } from './ask-health.ts'
import { DRAIN, HEALTH_EVERY, HEALTH_PATIENCE } from './backend-run.ts'
import { CALM, createBackendSupervisor } from './backend-supervisor.ts'
import { restartPause } from './restart-pause.ts'

const started = { type: 'started', url: 'http://127.0.0.1:8080', localUrl: 'http://127.0.0.1:8080', departures: 3 }
const settled = () => new Promise((resolve) => setImmediate(resolve))

function openBench() {
  const forks = scriptedForks()
  const timer = manualTimer()
  const killed: number[] = []
  const lines: string[] = []
  const health: { answer: Health } = { answer: { status: 'ok' } }
  const logger = recordingLog()
  const supervisor = createBackendSupervisor({
    ...{ fork: forks.fork, path: 'out/backend/index.js', timer, logger, random: () => 1 },
    clock: { wall: () => 5 },
    askHealth: async () => health.answer,
    output: (line) => lines.push(line),
    endHard: (pid) => {
      killed.push(pid)
      forks.newest().exit(137)
    },
  })
  return { ...forks, timer, killed, lines, health, logger, supervisor }
}

async function openRunning(environment: Readonly<Record<string, string>> = { PORT: '8080' }) {
  const bench = openBench()
  await bench.supervisor.run(environment)
  bench.newest().say(started)
  return bench
}

test('without settings nothing runs', async () => {
  const { supervisor, started: forks } = openBench()
  await supervisor.run(undefined)
  expect(supervisor.read().status).toBe('off')
  expect(forks).toHaveLength(0)
})

test('it is starting until it says that it runs, and where', async () => {
  const { supervisor, newest } = openBench()
  const seen: string[] = []
  supervisor.onChange(({ status }) => seen.push(status))
  await supervisor.run({ PORT: '8080' })
  newest().say('nonsense')
  newest().say({ type: 'started' })
  expect(supervisor.read().status).toBe('starting')
  newest().say(started)
  expect(supervisor.read()).toMatchObject({ status: 'running', url: started.url, restarts: 0 })
  expect(seen).toEqual(['starting', 'running'])
})

test('one that is killed is started again at once', async () => {
  const { supervisor, newest, timer, started: forks } = await openRunning()
  newest().exit(137)
  expect(supervisor.read()).toMatchObject({ status: 'restarting', restarts: 1 })
  timer.fire(restartPause(0, 1))
  expect(forks).toHaveLength(2)
  newest().say(started)
  expect(supervisor.read()).toMatchObject({ status: 'running', restarts: 1 })
  expect(restartPause(0, 1)).toBeLessThanOrEqual(100)
})

test('one that ends again and again is given more and more time, up to half a minute', async () => {
  const { newest, timer, started: forks } = await openRunning()
  for (let attempt = 0; attempt < 12; attempt += 1) {
    newest().exit(1)
    expect(timer.waiting(restartPause(attempt, 1))).toBe(1)
    timer.fire(restartPause(attempt, 1))
  }
  expect(forks).toHaveLength(13)
  expect(restartPause(40, 1)).toBe(30_000)
})

test('after a calm minute the next end is the first again', async () => {
  const { newest, timer } = await openRunning()
  newest().exit(1)
  timer.fire(restartPause(0, 1))
  newest().say(started)
  timer.fire(CALM)
  newest().exit(1)
  expect(timer.waiting(restartPause(0, 1))).toBe(1)
})

test('what starting again cannot mend is told, and not tried again', async () => {
  const { supervisor, newest, timer, started: forks } = openBench()
  await supervisor.run({ PORT: '8080' })
  newest().say({ type: 'failed', code: 'FL_SCHEMA_NEWER', message: 'install the newer version' })
  newest().exit(1)
  expect(supervisor.read()).toMatchObject({ status: 'failed', message: 'install the newer version' })
  timer.fire(restartPause(0, 1))
  expect(forks).toHaveLength(1)
})

test('a port that is taken is told, and tried again', async () => {
  const { supervisor, newest, timer, started: forks } = openBench()
  await supervisor.run({ PORT: '8080' })
  newest().say({ type: 'failed', code: 'FL_LISTEN_FAILED', message: 'another program listens there' })
  newest().exit(1)
  expect(supervisor.read()).toMatchObject({ status: 'restarting', message: 'another program listens there' })
  timer.fire(restartPause(0, 1))
  expect(forks).toHaveLength(2)
})

test('refused settings end it for good, until there are others', async () => {
  const { supervisor, newest, started: forks } = openBench()
  await supervisor.run({ PORT: 'x' })
  newest().exit(2)
  expect(supervisor.read().status).toBe('failed')
  await supervisor.run({ PORT: '8081' })
  expect(forks).toHaveLength(2)
  expect(supervisor.read().status).toBe('starting')
})

test('three silent answers in a row end and restart it, two do not', async () => {
  const { supervisor, timer, killed, health } = await openRunning()
  const ask = async () => {
    timer.fire(HEALTH_EVERY)
    await settled()
  }
  health.answer = { status: 'silent' }
  await ask()
  await ask()
  expect(supervisor.read()).toMatchObject({ status: 'running', message: 'The backend does not answer.' })
  health.answer = { status: 'ok' }
  await ask()
  expect(supervisor.read().message).toBeUndefined()
  health.answer = { status: 'silent' }
  for (let count = 0; count < 3; count += 1) await ask()
  expect(killed).toEqual([1000])
  expect(supervisor.read().status).toBe('restarting')
})

test('one that answers as late as it may, because its servers do not, is not taken for a hung one', () => {
  expect(HEALTH_PATIENCE).toBeGreaterThan(2 * HEALTH_WITHIN)
})

test('one that is badly off says so, and is left to recover', async () => {
  const { supervisor, timer, killed, health } = await openRunning()
  health.answer = { status: 'degraded', parts: ['log', 'relay'] }
  for (let count = 0; count < 10; count += 1) {
    timer.fire(HEALTH_EVERY)
    await settled()
  }
  expect(supervisor.read()).toMatchObject({ status: 'running', message: expect.stringContaining('log, relay') })
  expect(killed).toEqual([])
})

test('it is asked to finish before it is ended, and stays off', async () => {
  const { supervisor, newest, timer, killed, started: forks } = await openRunning()
  const closing = supervisor.close()
  await settled()
  expect(newest().posted).toEqual([{ type: 'stop' }])
  expect(supervisor.read().status).toBe('stopping')
  newest().exit(0)
  await closing
  expect(supervisor.read()).toMatchObject({ status: 'off', restarts: 0 })
  expect(killed).toEqual([])
  timer.fire(restartPause(0, 1))
  expect(forks).toHaveLength(1)
})

test('one that does not finish within its time is ended', async () => {
  const { supervisor, timer, killed } = await openRunning()
  const closing = supervisor.close()
  await settled()
  timer.fire(DRAIN)
  await closing
  expect(killed).toEqual([1000])
  expect(supervisor.read().status).toBe('off')
})

test('other settings start it anew, the same ones leave it alone', async () => {
  const { supervisor, newest, started: forks } = await openRunning({ PORT: '1' })
  await supervisor.run({ PORT: '1' })
  expect(forks).toHaveLength(1)
  const changing = supervisor.run({ PORT: '2' })
  const again = supervisor.run({ PORT: '3' })
  await settled()
  forks[0]?.exit(0)
  await changing
  await settled()
  newest().exit(0)
  await again
  expect(forks.map(({ options }) => options.env.PORT)).toEqual(['1', '2', '3'])
})

test('once it is closed nothing is started any more', async () => {
  const { supervisor, started: forks } = openBench()
  await supervisor.close()
  await supervisor.run({ PORT: '8080' })
  expect(forks).toHaveLength(0)
})

test('stopped while it waits to be started again, it is not started', async () => {
  const { supervisor, newest, timer, started: forks } = await openRunning()
  newest().exit(1)
  await supervisor.close()
  timer.fire(restartPause(0, 1))
  expect(forks).toHaveLength(1)
  expect(supervisor.read().status).toBe('off')
})

test('its output arrives line by line, whatever the pieces, and its environment holds nothing of ours', async () => {
  const { newest, lines } = await openRunning({ MONGODB_URL: 'mongodb://127.0.0.1' })
  newest().stdout.write('{"a":1}\n{"b"')
  newest().stdout.write(':2}\n\n')
  newest().stdout.end('rest')
  await settled()
  expect(lines).toEqual(['{"a":1}', '{"b":2}', 'rest'])
  const { env } = newest().options
  expect(env.MONGODB_URL).toBe('mongodb://127.0.0.1')
  expect(Object.keys(env).filter((name) => /VITEST|npm_|NODE_/.test(name))).toEqual([])
})

test('its last words are kept, although they come after its end', async () => {
  const { newest, lines } = await openRunning()
  const backend = newest()
  backend.stdout.write('half a ')
  await settled()
  backend.exit(1)
  await settled()
  backend.stdout.write('line\nError: the reason\n')
  await settled()
  expect(lines).toEqual(['half a line', 'Error: the reason'])
})

test('an engine that gives up is an end like any other, and nothing of its report is kept', async () => {
  const { supervisor, newest, lines } = await openRunning()
  newest().giveUp('v8_ArrayBuffer_NewBackingStore')
  newest().exit(134)
  expect(lines).toEqual(['V8 gave up in v8_ArrayBuffer_NewBackingStore'])
  expect(supervisor.read().status).toBe('restarting')
})

test('a start that throws is an end like any other', async () => {
  const timer = manualTimer()
  const supervisor = createBackendSupervisor({
    fork: () => {
      throw new Error('no memory')
    },
    ...{ path: '', timer, logger: recordingLog(), random: () => 1, clock: { wall: () => 5 } },
    ...{ askHealth: async () => ({ status: 'ok' }), output: () => undefined, endHard: () => undefined },
  })
  await supervisor.run({})
  expect(supervisor.read().status).toBe('restarting')
  await supervisor.close()
  expect(supervisor.read().status).toBe('off')
})
