import nodemailer from 'nodemailer'
import { describe, expect, test } from 'vitest'
import type { MailFault } from './mail-fault.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const TEXT = 'Your flight leaves from gate B12.'

async function sendTo(server: MailServer, to: string): Promise<string> {
  const timeouts = { connectionTimeout: 2_000, greetingTimeout: 2_000, socketTimeout: 500 }
  const transport = nodemailer.createTransport({ url: server.url, ...timeouts })
  try {
    await transport.sendMail({ from: 'flights@example.com', to, subject: 'Gate change – B12', text: TEXT })
    return 'sent'
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = 'responseCode' in error ? error.responseCode : undefined
    return String(code ?? ('code' in error ? error.code : error.message))
  } finally {
    transport.close()
  }
}

async function outcomeOf(fault: MailFault): Promise<{ outcome: string; kept: number }> {
  await using server = await startMailServer()
  server.fail(fault)
  const outcome = await sendTo(server, 'pax@example.com')
  return { outcome, kept: server.messages.length }
}

describe('the mail server', () => {
  test('keeps envelope and parsed mail', async () => {
    await using server = await startMailServer()
    expect(await sendTo(server, 'pax@example.com')).toBe('sent')
    const [message] = await server.waitFor(1)
    expect(message).toMatchObject({
      from: 'flights@example.com',
      recipients: ['pax@example.com'],
      mail: { subject: 'Gate change – B12' },
      answered: true,
    })
    expect(message?.mail.text?.trim()).toBe(TEXT)
    expect(message?.raw).toContain('Message-ID:')
  })

  test('may take its time between keeping a message and saying so', async () => {
    await using server = await startMailServer({ answerAfter: 150 })
    const sending = sendTo(server, 'pax@example.com')
    await server.waitFor(1)
    expect(await Promise.race([sending, Promise.resolve('not yet')])).toBe('not yet')
    expect(await sending).toBe('sent')
  })

  test('waits for messages that are still to come', async () => {
    await using server = await startMailServer()
    const arrival = server.waitFor(2)
    await sendTo(server, 'one@example.com')
    await sendTo(server, 'two@example.com')
    expect(await arrival).toHaveLength(2)
  })

  test('says how many came when too few did', async () => {
    await using server = await startMailServer()
    await sendTo(server, 'one@example.com')
    await expect(server.waitFor(2, 20)).rejects.toThrow('1 of 2 messages came within 20 ms')
  })

  test.each([
    ['reject-550', '550'],
    ['reject-450', '450'],
    ['reject-421', '421'],
  ] as const)('%s refuses the recipient and keeps nothing', async (fault, code) => {
    expect(await outcomeOf(fault)).toEqual({ outcome: code, kept: 0 })
  })

  test('close-before-greeting ends the connection in silence', async () => {
    const { outcome, kept } = await outcomeOf('close-before-greeting')
    expect(outcome).toMatch(/ECONNECTION|ECONNRESET|ESOCKET/)
    expect(kept).toBe(0)
  })

  test.each(['close-after-dot', 'mute-after-dot'] as const)('%s takes the message without an answer', async (fault) => {
    const { outcome, kept } = await outcomeOf(fault)
    expect(outcome).not.toBe('sent')
    expect(kept).toBe(1)
  })

  test('marks a message whose answer it kept back', async () => {
    await using server = await startMailServer()
    server.fail('close-after-dot', { times: 1 })
    await sendTo(server, 'pax@example.com')
    await sendTo(server, 'pax@example.com')
    expect(server.messages.map(({ answered }) => answered)).toEqual([false, true])
  })

  test('a fault with a number of times passes', async () => {
    await using server = await startMailServer()
    server.fail('reject-450', { times: 2 })
    const outcomes = [await sendTo(server, 'a@example.com'), await sendTo(server, 'a@example.com')]
    expect([...outcomes, await sendTo(server, 'a@example.com')]).toEqual(['450', '450', 'sent'])
  })

  test('a fault of one recipient leaves the others alone', async () => {
    await using server = await startMailServer()
    server.fail('reject-550', { recipient: 'gone@example.com' })
    expect(await sendTo(server, 'here@example.com')).toBe('sent')
    expect(await sendTo(server, 'gone@example.com')).toBe('550')
  })

  test('the fault none ends the others', async () => {
    await using server = await startMailServer()
    server.fail('reject-550')
    server.fail('none')
    expect(await sendTo(server, 'pax@example.com')).toBe('sent')
  })

  test('stops while a client is still connected', async () => {
    const server = await startMailServer()
    server.fail('mute-after-dot')
    const sending = sendTo(server, 'pax@example.com')
    await server.waitFor(1)
    await server.stop()
    expect(await sending).not.toBe('sent')
  })
})
