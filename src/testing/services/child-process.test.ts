import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ChildOptions, startChild } from './child-process.ts'
import { isRunning } from './is-running.ts'
import { createRestartable } from './restartable.ts'
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts'

let folder: TemporaryFolder

beforeEach(async () => {
  folder = await createTemporaryFolder('child')
})

afterEach(() => folder.remove())

function child(script: string, isReady: ChildOptions['isReady'] = async () => true): ChildOptions {
  const logFile = join(folder.path, 'child.log')
  return { label: 'The child', command: process.execPath, args: ['-e', script], logFile, isReady }
}

const FOREVER = 'setInterval(() => undefined, 1000)'

describe('a child process', () => {
  test('is started once it says so itself', async () => {
    const said = async () => (await readFile(join(folder.path, 'child.log'), 'utf8')).includes('listening')
    const { kill, pid } = await startChild(child(`setTimeout(() => console.log('listening'), 100);${FOREVER}`, said))
    expect(isRunning(pid)).toBe(true)
    await kill()
    expect(isRunning(pid)).toBe(false)
  })

  test('that ends while starting is reported with its last words', async () => {
    const options = child('console.error("port is in use"); process.exit(1)', async () => false)
    await expect(startChild(options)).rejects.toThrow(
      'The child ended while starting: its last words were "port is in use"',
    )
  })

  test('that cannot be found is reported, too', async () => {
    const options = { ...child('', async () => false), command: '/no/such/java' }
    await expect(startChild(options)).rejects.toThrow('The child ended while starting')
  })

  test('may be killed twice', async () => {
    const { kill } = await startChild(child(FOREVER))
    await kill()
    await kill()
  })

  test('goes when its parent ends', async () => {
    const pid = await pidFromParent('process.exit(0)')
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('goes when its parent gets %s', async (signal) => {
    const pid = await pidFromParent(`process.kill(process.pid, '${signal}')`)
    await expect.poll(() => isRunning(pid)).toBe(false)
  })
})

/** Starts a process that starts a child, then ends in the given way; returns the pid of the child. */
async function pidFromParent(end: string): Promise<number> {
  const module = JSON.stringify(join(import.meta.dirname, 'child-process.ts'))
  const options = JSON.stringify({ ...child(FOREVER), isReady: undefined })
  const script = `import { startChild } from ${module}
    const { pid } = await startChild({ ...${options}, isReady: async () => true })
    process.stdout.write(String(pid), () => { ${end} })`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await once(parent.stdout, 'data')
  if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit')
  return Number(String(printed))
}

describe('a restartable service', () => {
  test('starts again with the same data after kill -9, and removes them when stopped', async () => {
    let starts = 0
    const service = await createRestartable(folder, async () => {
      starts += 1
      return await startChild(child(FOREVER))
    })
    await service.kill()
    await service.restart()
    await service.restart()
    expect(starts).toBe(3)
    await access(folder.path)
    await service.stop()
    await expect(access(folder.path)).rejects.toThrow('ENOENT')
  })

  test('removes its folder when it does not start', async () => {
    const failing = createRestartable(folder, () => startChild(child('process.exit(1)', async () => false)))
    await expect(failing).rejects.toThrow('ended while starting')
    await expect(access(folder.path)).rejects.toThrow('ENOENT')
  })

  test('waits for the answer of a server that is slow to listen', async () => {
    const server = createServer((_request, response) => response.end())
    const timer = setTimeout(() => server.listen(0), 150)
    const isReady = async () => server.listening
    const started = await startChild(child(FOREVER, isReady))
    expect(server.listening).toBe(true)
    clearTimeout(timer)
    await Promise.all([started.kill(), new Promise((resolve) => server.close(resolve)), sleep(0)])
  })
})
