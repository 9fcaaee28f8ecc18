import { describe, expect, test } from 'vitest'
import { judgeFailure } from './judge-failure.ts'

const failure = (fields: object, text = 'no') => Object.assign(new Error(text), fields)
const [before, after] = [{ isContentOut: false }, { isContentOut: true }]

describe('judgeFailure', () => {
  test.each([
    ['a refused recipient', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, true],
    ['a refused content', { code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, true],
    ['a busy recipient', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 }, false],
    ['a refused sign-in', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false],
    ['a refused sender', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, false],
    ['a refusing greeting', { code: 'EPROTOCOL', command: 'CONN', responseCode: 554 }, false],
    ['an address that is none', { code: 'EENVELOPE', command: 'API' }, true],
  ])('%s is definite', (_name, fields, permanent) => {
    expect(judgeFailure(failure(fields), before)).toMatchObject({ outcome: 'refused', permanent })
  })

  test('a lost connection is a refusal before the content was out, and uncertain after', () => {
    const lost = failure({ code: 'ECONNECTION', command: 'CONN' })
    expect(judgeFailure(lost, before)).toMatchObject({ outcome: 'refused', permanent: false })
    expect(judgeFailure(lost, after)).toMatchObject({ outcome: 'uncertain' })
  })

  test('a refusal in answer to the final dot is definite although the content was out', () => {
    const busy = failure({ code: 'EMESSAGE', command: 'DATA', responseCode: 452 })
    expect(judgeFailure(busy, after)).toMatchObject({ outcome: 'refused', permanent: false })
  })

  test('the reason is short, on one line and without addresses', () => {
    const text = `Recipient failed:\r\n550 <ada@example.com> unknown ${'x'.repeat(500)}`
    const outcome = judgeFailure(failure({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, text), before)
    const reason = 'reason' in outcome ? outcome.reason : ''
    expect(reason).toMatch(/^server answered 550 at RCPT TO: Recipient failed: 550 <…> unknown x+$/)
    expect(reason.length).toBeLessThan(200)
  })

  test('what is not even an error counts as a refusal that may pass', () => {
    expect(judgeFailure('odd', before)).toMatchObject({ outcome: 'refused', permanent: false })
  })
})
