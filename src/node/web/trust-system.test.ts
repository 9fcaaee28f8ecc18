import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { selfSigned } from '../../testing/fixtures/self-signed.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'

const run = promisify(execFile)

/** Asks `url` from a process of its own, for which `authorities` is what the system trusts. */
async function ask(url: string, authorities: string, prelude: string): Promise<string> {
  const program = `${prelude}
    const answer = await fetch(${JSON.stringify(url)}).then(({ status }) => String(status), ({ cause }) => cause.code)
    process.stdout.write(answer)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
    // OpenSSL's own variables for where the system's authorities lie: in this file, and none in a folder.
    env: { PATH: process.env.PATH, SSL_CERT_FILE: authorities, SSL_CERT_DIR: join(authorities, '..', 'empty') },
  })
  return stdout
}

// Elsewhere the system's own store is asked, which no test should write to.
const whenTrusted = process.platform === 'linux' ? '200' : 'DEPTH_ZERO_SELF_SIGNED_CERT'

test('a server is trusted whose authority the system trusts, and no other', async () => {
  await using folder = await temporaryFolder()
  const [own, other] = [selfSigned(), selfSigned()]
  const [trusted, foreign] = [join(folder.path, 'own.pem'), join(folder.path, 'other.pem')]
  await Promise.all([writeFile(trusted, own.cert), writeFile(foreign, other.cert)])
  await mkdir(join(folder.path, 'empty'))
  const server = createServer(own, (_request, response) => response.end()).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const address = server.address()
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const prelude = `import { trustSystemAuthorities } from ${JSON.stringify(join(import.meta.dirname, 'trust-system.ts'))}
      trustSystemAuthorities({ warn: (...words) => { throw new Error(JSON.stringify(words)) } })`
    expect(await ask(url, trusted, '')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(await ask(url, trusted, prelude)).toBe(whenTrusted)
    expect(await ask(url, foreign, prelude)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  } finally {
    server.close()
  }
})
