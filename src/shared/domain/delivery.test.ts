import { expect, test } from 'vitest'
import { deliveryStates, formatDeliveryId, isSettled } from './delivery.ts'

test('a delivery is one per notice, recipient and channel', () => {
  const ids = [
    formatDeliveryId('n1', 'r1', 'email'),
    formatDeliveryId('n2', 'r1', 'email'),
    formatDeliveryId('n1', 'r2', 'email'),
    formatDeliveryId('n1', 'r1', 'sms'),
  ]
  expect(new Set(ids).size).toBe(4)
  expect(formatDeliveryId('n1', 'r1', 'email')).toBe(ids[0])
})

test('what waits or is being tried has not come to its end, everything else has', () => {
  expect(deliveryStates.filter((state) => !isSettled(state))).toEqual(['queued', 'attempting'])
})
