import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { Notice } from '../../../src/shared/domain/notice.ts'
import type { EmailMessage } from '../../../src/shared/ports/email-channel.ts'
import { describeNotice, type LetterParts, type Reader } from './describe-notice.ts'
import { type Letter, letterToHtml, letterToText } from './letter.ts'
import { messageIdOf } from './message-id.ts'
import { toLine } from './plain.ts'
import { speak } from './template-book.ts'

/** A person about to be written to, with the address in clear. */
export interface Recipient extends Reader {
  readonly address: string
  readonly name?: string
  /** Of a subscription; absent for bookings. */
  readonly unsubscribeToken?: string
}

/** Writes the message of one delivery. */
export type MessageWriter = (delivery: Pick<Delivery, 'id'>, notice: Notice, recipient: Recipient) => EmailMessage

// A notice goes to hundreds of people in a few languages: the letter is the same for all but name and footer.
const LETTERS_KEPT = 300

/** Makes the writer of all messages about notices. */
export function createMessageWriter(parts: LetterParts): MessageWriter {
  const letters = new Map<string, Letter>()

  function letterFor(notice: Notice, reader: Reader): Letter {
    const key = `${notice.id}|${reader.language}|${reader.bookedNumber ?? ''}`
    const letter = letters.get(key) ?? describeNotice(notice, reader, parts)
    if (letters.size >= LETTERS_KEPT) letters.clear()
    letters.set(key, letter)
    return letter
  }

  return (delivery, notice, recipient) => {
    const { address, name, unsubscribeToken } = recipient
    const say = speak(recipient.language)
    const letter = letterFor(notice, recipient)
    const greeting = name ? say('greeting', { name: toLine(name, 80) }) : say('greeting.unnamed')
    const why = unsubscribeToken
      ? say('footer.subscription', { url: parts.links.unsubscribe(unsubscribeToken) })
      : say('footer.booking')
    const personal: Letter = { ...letter, footers: [why, ...letter.footers] }
    return {
      id: messageIdOf(delivery.id),
      to: address,
      subject: letter.subject,
      text: letterToText(personal, greeting),
      html: letterToHtml(personal, greeting),
      ...(unsubscribeToken && { unsubscribeUrl: parts.links.unsubscribeAtOnce(unsubscribeToken) }),
    }
  }
}
