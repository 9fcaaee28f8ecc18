import { expect, test } from 'vitest'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { openMongoStores } from './open-stores.ts'

test.each(['mongodb+srv://ada:secret@', 'ada:secret', 'mongodb://ada:secret@host:99999999/'])(
  'an address that is none is refused without being repeated: %#',
  async (url) => {
    const failure: unknown = await openMongoStores({ url, logger: silentLog() }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'FL_STORE_UNAVAILABLE',
      details: { problem: expect.stringMatching(/^Mongo/) },
    })
    expect(JSON.stringify(failure)).not.toContain('secret')
  },
)
