import { expect, test } from 'vitest'
import { measureNamed } from './planted-source.ts'
import { testShare } from './test-share.ts'

const share = (files: Readonly<Record<string, string>>) => measureNamed(testShare, files, 'test lines per source line')
const lines = (count: number) => 'f()\n\n'.repeat(count)

test('tests, suites, twins and e2e are weighed against the product; tools and blank lines are not', () => {
  const files = {
    'src/a.ts': lines(60),
    'backend/b.ts': lines(40),
    'scripts/c.ts': lines(500),
    'src/a.test.ts': lines(25),
    'backend/b.int.test.ts': lines(25),
    'src/testing/twin.ts': lines(25),
    'e2e/x.spec.ts': lines(24),
  }

  expect(share(files)).toMatchObject({ value: '0.99 (99 : 100)', ok: false })
  expect(share({ ...files, 'src/testing/contracts/a.contract.ts': lines(1) }).ok).toBe(true)
})
