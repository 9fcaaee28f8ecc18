import { expect, test } from 'vitest'
import { createSealer } from '../../src/node/secrets/sealer.ts'
import { openEmbeddedPair } from '../../src/testing/fixtures/embedded-pair.ts'
import { checkKey } from './check-key.ts'

test('a store takes the first key and refuses any other', async () => {
  await using pair = await openEmbeddedPair()
  const own = createSealer(Buffer.alloc(32, 1))
  await checkKey(pair.first.settings, own)
  await checkKey(pair.second.settings, own)
  await expect(checkKey(pair.second.settings, createSealer(Buffer.alloc(32, 2)))).rejects.toMatchObject({
    code: 'FL_PII_KEY_FOREIGN',
  })
})
