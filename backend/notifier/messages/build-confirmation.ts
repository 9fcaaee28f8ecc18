import { parseDepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Subscription } from '../../../src/shared/domain/passenger.ts'
import type { EmailMessage } from '../../../src/shared/ports/email-channel.ts'
import { spellFlight } from './flight-names.ts'
import { type Letter, letterToHtml, letterToText } from './letter.ts'
import type { Links } from './links.ts'
import { messageIdOf } from './message-id.ts'
import { chooseLanguage, speak } from './template-book.ts'

/** A subscription that waits for its owner's word. */
export interface ConfirmationRequest {
  readonly subscription: Subscription
  /** In clear; it stands in this mail only. */
  readonly token: string
  /** In clear. */
  readonly address: string
}

/** Writes the mail that asks the owner of an address whether they want to follow a departure. */
export function buildConfirmation({ subscription, token, address }: ConfirmationRequest, links: Links): EmailMessage {
  const { departureId, language, confirmHash, demo } = subscription
  const say = speak(language)
  const { carrier, number, suffix, originDate } = parseDepartureId(departureId)
  const values = { flight: spellFlight(`${carrier}${number}${suffix}`), date: writeDate(originDate, language) }
  const url = links.confirm(token)
  const letter: Letter = {
    language: chooseLanguage(language),
    subject: say('subject.confirmation', values),
    headlines: [say('headline.confirmation', values)],
    rows: [],
    paragraphs: [],
    link: { text: say('todo.confirmation', { url }), url },
    footers: [say('todo.confirmationIgnore'), say('footer.automatic'), ...(demo ? [say('footer.demo')] : [])],
  }
  const greeting = say('greeting.unnamed')
  return {
    // The hash makes the id of each request its own: a second request is a new mail, a repeated attempt is not.
    id: messageIdOf(`${subscription.id}|${confirmHash}`),
    to: address,
    subject: letter.subject,
    text: letterToText(letter, greeting),
    html: letterToHtml(letter, greeting),
  }
}

// The date of origin is a calendar date and belongs to no zone; noon UTC keeps it what it says.
function writeDate(originDate: string, language: string): string {
  const day = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(chooseLanguage(language), day).format(Date.parse(`${originDate}T12:00:00Z`))
}
