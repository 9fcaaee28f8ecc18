import { describe, expect, test } from 'vitest'
import { nameService } from './desk-settings.ts'

const kafka = { brokers: ['kafka:9092'], ssl: false, sasl: undefined }
const direct = (mongoUrl: string) => nameService({ mode: 'direct', connection: { mongoUrl, kafka } })
const served = (serverUrl: string) => nameService({ mode: 'served', serverUrl })

describe('the name of a service', () => {
  test('stays when only the way to be let in changes', () => {
    const names = [
      'mongodb://desk:one@db-1:27017,db-2:27017/flightline?replicaSet=rs0',
      'mongodb://other:two@db-1:27017,db-2:27017/flightline?tls=true',
      'mongodb://db-1:27017,db-2:27017/flightline',
    ].map(direct)
    expect(new Set(names).size).toBe(1)
    expect(served('https://ops.example.com')).toBe(served('https://ops.example.com/'))
  })

  test('differs between databases, servers and modes', () => {
    const names = [
      nameService({ mode: 'embedded' }),
      direct('mongodb://db-1/flightline'),
      direct('mongodb://db-1/training'),
      direct('mongodb://db-2/flightline'),
      served('https://ops.example.com'),
      served('https://training.example.com'),
      served('https://ops.example.com/training'),
    ]
    expect(new Set(names).size).toBe(names.length)
  })

  test('tells no address and no password', () => {
    expect(direct('mongodb://desk:secret@database/flightline')).toMatch(/^direct-[\w-]{22}$/)
    expect(served('https://ops.example.com')).toMatch(/^served-[\w-]{22}$/)
  })
})
