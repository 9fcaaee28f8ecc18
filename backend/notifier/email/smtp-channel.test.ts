import { type AddressInfo, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EmailChannel, EmailMessage } from '../../../src/shared/ports/email-channel.ts'
import { type MailServer, startMailServer } from '../../../src/testing/services/mail-server.ts'
import { createSmtpChannel, type SmtpSettings } from './smtp-channel.ts'

let server: MailServer
let channel: EmailChannel

const from = 'Flightline <notices@airline.example.com>'

function openChannel(more: Partial<SmtpSettings> = {}): EmailChannel {
  return createSmtpChannel({
    url: server.url,
    from,
    socketTimeout: 400,
    connectionTimeout: 1_000,
    greetingTimeout: 500,
    ...more,
  })
}

beforeEach(async () => {
  server = await startMailServer()
  channel = openChannel()
})

afterEach(async () => {
  await channel.close()
  await server.stop()
})

function message(more: Partial<EmailMessage> = {}): EmailMessage {
  return {
    id: 'abc123@flightline',
    to: 'ada@example.com',
    subject: 'B6 739: verspätet – 15:40',
    text: 'Good day',
    html: '<p>Good day</p>',
    ...more,
  }
}

async function sendOne(given = message()) {
  const [outcome] = await channel.send([given])
  return outcome
}

describe('a message that is accepted', () => {
  test('arrives with its Message-ID, both bodies, and as automatic', async () => {
    expect(await sendOne()).toEqual({ outcome: 'accepted' })
    const [received] = await server.waitFor(1)
    expect(received?.recipients).toEqual(['ada@example.com'])
    expect(received?.mail).toMatchObject({ messageId: '<abc123@flightline>', subject: 'B6 739: verspätet – 15:40' })
    expect(received?.mail.text?.trim()).toBe('Good day')
    expect(received?.mail.html?.trim()).toBe('<p>Good day</p>')
    expect(received?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m)
    expect(received?.raw).not.toMatch(/List-Unsubscribe/i)
  })

  test('to a subscriber carries the one-click unsubscribe headers, unfolded', async () => {
    const unsubscribeUrl = `https://flightline.example.com/api/notifications/unsubscribe?token=${'t'.repeat(43)}`
    await sendOne(message({ unsubscribeUrl }))
    const [received] = await server.waitFor(1)
    expect(received?.raw).toContain(`List-Unsubscribe: <${unsubscribeUrl}>\r\n`)
    expect(received?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
  })

  test('cannot smuggle headers or recipients in through subject or address', async () => {
    await sendOne(message({ subject: 'Gate\r\nBcc: eve@example.com\r\n\r\nBody' }))
    const [received] = await server.waitFor(1)
    expect(received?.recipients).toEqual(['ada@example.com'])
    expect(received?.mail.headers.map(({ key }) => key)).not.toContain('bcc')
    const outcome = await sendOne(message({ to: 'ada@example.com, eve@example.com' }))
    expect(outcome).toMatchObject({ outcome: 'refused', permanent: true })
    expect(server.messages).toHaveLength(1)
  })

  test('answers stand in the order of the messages, whoever is refused among them', async () => {
    server.fail('reject-550', { recipient: 'bob@example.com' })
    const outcomes = await channel.send(
      ['ada', 'bob', 'cleo'].map((name) => message({ id: `${name}@flightline`, to: `${name}@example.com` })),
    )
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'accepted'])
  })

  test('a hundred at once go over few connections', async () => {
    const many = Array.from({ length: 100 }, (_, index) => message({ id: `m${index}@flightline` }))
    const outcomes = await channel.send(many)
    expect(outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(new Set(server.messages.map(({ mail }) => mail.messageId)).size).toBe(100)
  })
})

describe('a refusal', () => {
  test.each([
    ['reject-550', true],
    ['reject-450', false],
    ['reject-421', false],
  ] as const)('%s is permanent: %s, and names no address', async (fault, permanent) => {
    server.fail(fault)
    const outcome = await sendOne()
    expect(outcome).toMatchObject({ outcome: 'refused', permanent })
    expect(JSON.stringify(outcome)).toContain(fault.slice(-3))
    expect(JSON.stringify(outcome)).not.toContain('ada@')
  })

  test('that has passed lets the same message through', async () => {
    server.fail('reject-450', { times: 1 })
    expect(await sendOne()).toMatchObject({ outcome: 'refused' })
    expect(await sendOne()).toEqual({ outcome: 'accepted' })
  })

  test('a connection closed before the greeting is one bounded try, not an endless one', async () => {
    server.fail('close-before-greeting')
    expect(await sendOne()).toMatchObject({ outcome: 'refused', permanent: false })
  })

  test('a server that is not there is one that may come back', async () => {
    await server.stop()
    expect(await sendOne()).toMatchObject({ outcome: 'refused', permanent: false })
  })

  test('a server that never greets is given up', async () => {
    const mute = createServer()
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', () => resolve()))
    // A listening TCP server has a port; only pipes have names.
    const { port } = mute.address() as AddressInfo
    channel = openChannel({ url: `smtp://127.0.0.1:${port}` })
    expect(await sendOne()).toMatchObject({ outcome: 'refused', permanent: false })
    mute.close()
  })
})

describe('an attempt whose end nobody saw', () => {
  test('closed after the final dot is uncertain, and was received', async () => {
    server.fail('close-after-dot', { times: 1 })
    expect(await sendOne()).toMatchObject({ outcome: 'uncertain' })
    expect(server.messages).toHaveLength(1)
  })

  test('silence after the final dot is uncertain once the time is up', async () => {
    server.fail('mute-after-dot', { times: 1 })
    expect(await sendOne()).toMatchObject({ outcome: 'uncertain' })
  })

  test('a whole attempt has an end, even where the socket is never silent for long', async () => {
    channel = openChannel({ socketTimeout: 60_000, attemptTimeout: 300 })
    server.fail('mute-after-dot', { times: 1 })
    expect(await sendOne()).toMatchObject({ outcome: 'uncertain' })
  })

  test('does not harm the messages beside it', async () => {
    server.fail('close-after-dot', { times: 1, recipient: 'bob@example.com' })
    const outcomes = await channel.send(
      ['ada', 'bob', 'cleo'].map((name) => message({ id: `${name}@flightline`, to: `${name}@example.com` })),
    )
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'uncertain', 'accepted'])
  })

  test('cannot be looked up afterwards', async () => {
    expect(await channel.accepted(['abc123@flightline'])).toBeUndefined()
  })
})
