import { Transform } from 'node:stream'

/**
 * How far a message got on the wire. nodemailer reports a connection that ends after the final dot exactly as one that
 * ends before the first command, yet only one of them is safe to repeat.
 */
export interface MessageStage {
  /** The whole content was handed over, so the final dot may have reached the server. */
  isContentOut: boolean
}

/** Watches the content of one message pass by and notes in `stage` when all of it is out. */
export function watchContent(stage: MessageStage): Transform {
  return new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush(done) {
      stage.isContentOut = true
      done()
    },
  })
}
