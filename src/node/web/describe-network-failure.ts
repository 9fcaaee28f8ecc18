/** What a person can do about failures of the network, by the code that Node gives them. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; check host and port, and whether the server runs',
  ECONNRESET: 'the connection was cut; check whether the server expects TLS',
  EHOSTUNREACH: 'there is no way to this host; check the network',
  ENETUNREACH: 'there is no network; check the cable or the wireless connection',
  ENOTFOUND: 'no address is known for this name; check its spelling',
  EAI_AGAIN: 'names cannot be looked up at the moment; check the network',
  ETIMEDOUT: 'no answer came; check host, port and firewall',
  EPROTO: 'TLS was answered by something else; check the port, and whether the server speaks TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'this port does not speak TLS; check the port, or switch TLS off',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another name; use the name it was made for',
  CERT_HAS_EXPIRED: 'its certificate has expired; have it renewed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody this machine trusts; install the issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody this machine trusts; install the issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody this machine trusts; install the issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by nobody this machine trusts; install the issuer',
}

// Libraries wrap failures in their own; deeper than this nobody nests them.
const DEEPEST = 6

/**
 * Why a server could not be reached, in words, or `undefined` for what is no failure of the network. The failure's own
 * text is not used: it may hold addresses and credentials.
 */
export function describeNetworkFailure(error: unknown): string | undefined {
  let current: unknown = error
  for (let depth = 0; depth < DEEPEST && current instanceof Error; depth += 1) {
    const known = 'code' in current ? words[String(current.code)] : undefined
    // Some libraries keep only the text, in which the code is a word.
    const spoken =
      known ?? Object.entries(words).find(([code]) => current instanceof Error && current.message.includes(code))?.[1]
    if (spoken) return spoken
    if (current.name === 'TimeoutError') return words.ETIMEDOUT
    current = inner(current)
  }
  return undefined
}

function inner(error: Error): unknown {
  if (error instanceof AggregateError) return error.errors[0]
  return error.cause ?? ('originalError' in error ? error.originalError : undefined)
}
