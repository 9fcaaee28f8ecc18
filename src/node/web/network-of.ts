import { isIPv6 } from 'node:net'

/** Whom a limit counts: an IPv4 address, or the /64 of an IPv6 one, since every customer has 2^64 of those. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const [head = '', tail] = ip.toLowerCase().split('::')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip.toLowerCase())
  if (mapped?.[1]) return mapped[1]
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
