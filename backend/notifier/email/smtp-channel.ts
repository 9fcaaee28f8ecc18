import { createTransport, type SendMailOptions } from 'nodemailer'
import type { EmailChannel, EmailMessage, SendOutcome } from '../../../src/shared/ports/email-channel.ts'
import { judgeFailure } from './judge-failure.ts'
import { type MessageStage, watchContent } from './message-stage.ts'

/** Where and as whom to send. Times in milliseconds. */
export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with name and password where needed. */
  readonly url: string
  readonly from: string
  /** Silence of the server, and of the network, before an attempt is given up. */
  readonly socketTimeout?: number
  readonly connectionTimeout?: number
  readonly greetingTimeout?: number
  /** End of an attempt whatever the server does: one that trickles its replies never trips the socket timeout. */
  readonly attemptTimeout?: number
}

/** How many connections are open at once; also bounds what may be in flight when the process dies. */
export const SMTP_CONNECTIONS = 5

/** Sends through an SMTP server. Keeps no queue and repeats nothing by itself: that is the dispatcher's part. */
export function createSmtpChannel(settings: SmtpSettings): EmailChannel {
  const stages = new Map<string, MessageStage>()
  const transport = openTransport(settings)
  transport.use('stream', (mail, done) => {
    const stage = stages.get(mail.message.messageId())
    if (stage) mail.message.transform(() => watchContent(stage))
    done()
  })
  const attemptTimeout = settings.attemptTimeout ?? 60_000

  async function sendOne(message: EmailMessage): Promise<SendOutcome> {
    const stage: MessageStage = { isContentOut: false }
    const messageId = `<${message.id}>`
    stages.set(messageId, stage)
    try {
      const mail = writeMail(message, settings.from)
      await transport.sendMail({ ...mail, messageId, signal: AbortSignal.timeout(attemptTimeout) })
      return { outcome: 'accepted' }
    } catch (error) {
      return judgeFailure(error, stage)
    } finally {
      stages.delete(messageId)
    }
  }

  return {
    send: (messages) => Promise.all(messages.map(sendOne)),
    // SMTP has no question for this.
    accepted: () => Promise.resolve(undefined),
    close() {
      // Whatever is still on its way was given its time; judged by how far it got, it ends as refused or uncertain.
      transport.close({ force: true })
      return Promise.resolve()
    },
  }
}

function openTransport(settings: SmtpSettings) {
  return createTransport({
    url: settings.url,
    pool: true,
    maxConnections: SMTP_CONNECTIONS,
    // The default requeues inside nodemailer, where nothing survives a crash and nothing is recorded.
    maxRequeues: 0,
    connectionTimeout: settings.connectionTimeout ?? 10_000,
    greetingTimeout: settings.greetingTimeout ?? 10_000,
    socketTimeout: settings.socketTimeout ?? 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

function writeMail(message: EmailMessage, from: string): SendMailOptions {
  const { to, subject, text, html, unsubscribeUrl } = message
  return {
    from,
    // As an object: a string would be parsed, and a comma in it would make two recipients of one.
    to: { name: '', address: to },
    subject,
    text,
    html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribeUrl && {
        'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  }
}
