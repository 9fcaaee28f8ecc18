import { expect, test } from 'vitest'
import { runCommands, toolEnvironment } from './run-commands.ts'

const script = (name: string, code: string) => ({ name, command: process.execPath, args: ['-e', code] })

test('results come in the order asked, whichever ends first', async () => {
  const results = await runCommands([script('slow', 'setTimeout(() => console.log("s"), 200)'), script('fast', '')], 2)

  expect(results.map(({ name, ok }) => [name, ok])).toEqual([
    ['slow', true],
    ['fast', true],
  ])
  expect(results[0]?.output).toBe('s\n')
})

test('a command that fails keeps what it wrote to both streams', async () => {
  const [result] = await runCommands([script('bad', 'console.log("out"); console.error("err"); process.exitCode = 2')])

  expect(result).toMatchObject({ ok: false })
  expect(result?.output).toContain('out')
  expect(result?.output).toContain('err')
})

test('a command that does not exist fails with its name', async () => {
  const [result] = await runCommands([{ name: 'gone', command: 'no-such-command', args: [] }])

  expect(result).toMatchObject({ ok: false, output: expect.stringContaining('no-such-command could not start') })
})

test('no more run at once than allowed', async () => {
  const busy = (name: string) => script(name, 'console.log(Date.now()); setTimeout(() => console.log(Date.now()), 100)')

  const results = await runCommands(['a', 'b', 'c'].map(busy), 1)

  const spans = results.map(({ output }) => output.trim().split('\n').map(Number))
  for (const [index, [start]] of spans.entries()) {
    expect(start).toBeGreaterThanOrEqual(spans[index - 1]?.[1] ?? 0)
  }
})

test('our own tools come first on the path', () => {
  expect(toolEnvironment().PATH).toMatch(/^[^:;]*node_modules[\\/]\.bin/)
})
