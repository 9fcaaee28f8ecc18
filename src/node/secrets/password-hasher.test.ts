import { describe, expect, test } from 'vitest'
import { createPasswordHasher } from './password-hasher.ts'

const hasher = createPasswordHasher()
// Only the two tests of the real cost pay for it.
const cheap = createPasswordHasher({ logN: 4, r: 8, p: 1 })

test('a password is told from others by its hash, which names its cost', async () => {
  const hash = await hasher.hash('correct horse')
  expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/)
  expect(await hasher.verify('correct horse', hash)).toBe(true)
  expect(await hasher.verify('correct hors', hash)).toBe(false)
})

test('what is no hash takes as long as a wrong password', async () => {
  const hash = await hasher.hash('x')
  const wrong = await times(() => hasher.verify('y', hash))
  const unknown = await times(() => hasher.verify('y', 'no hash at all'))
  expect(Math.max(...unknown)).toBeGreaterThan(Math.min(...wrong) / 4)
})

async function times(work: () => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = []
  for (let time = 0; time < 3; time += 1) {
    const started = performance.now()
    await work()
    took.push(performance.now() - started)
  }
  return took
}

describe('hashing', () => {
  test('the same password twice gives two hashes', async () => {
    expect(await cheap.hash('x')).not.toBe(await cheap.hash('x'))
  })

  test('a hash made at another cost is still understood', async () => {
    expect(await createPasswordHasher({ logN: 5, r: 4, p: 2 }).verify('x', await cheap.hash('x'))).toBe(true)
  })

  test('letters count as the same however the keyboard composed them', async () => {
    expect(await cheap.verify('Zoe\u0308', await cheap.hash('Zo\u00eb'))).toBe(true)
  })

  test('any length and any character is taken', async () => {
    for (const password of ['', ' ', 'x'.repeat(5_000), '\u0000', '🛫']) {
      expect(await cheap.verify(password, await cheap.hash(password))).toBe(true)
    }
  })

  test('many at once all come right', async () => {
    const hashes = await Promise.all(Array.from({ length: 20 }, (_, index) => cheap.hash(`p${index}`)))
    const right = await Promise.all(hashes.map((hash, index) => cheap.verify(`p${index}`, hash)))
    expect(right.every(Boolean)).toBe(true)
  })
})

test.each([
  ['nothing', ''],
  ['another scheme', '$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA'],
  ['a cost that would eat all memory', `$scrypt$ln=30,r=99,p=99$${'a'.repeat(22)}$${'a'.repeat(43)}`],
  ['a cost of nothing', `$scrypt$ln=0,r=0,p=0$${'a'.repeat(22)}$${'a'.repeat(43)}`],
  ['a cut hash', `$scrypt$ln=4,r=8,p=1$${'a'.repeat(22)}$${'a'.repeat(20)}`],
])('%s in the place of a hash fits no password', async (_name, hash) => {
  expect(await cheap.verify('x', hash)).toBe(false)
})
