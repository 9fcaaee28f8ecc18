import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { statuses } from '../../shared/domain/status.ts'

const icons = readFileSync('src/passenger/components/icons.svg', 'utf8')
const styles = readFileSync('src/passenger/styles/status.css', 'utf8')

test.each(statuses)('%s has a picture and a tone', (status) => {
  expect(icons).toContain(`<symbol id="${status}"`)
  expect(styles).toContain(`[data-status="${status}"]`)
})

test('what is good, late and cancelled differs in its picture, not only in its colour', () => {
  const drawing = (id: string) => new RegExp(`id="${id}"[^>]*>(.*)</symbol>`).exec(icons)?.[1]
  const drawings = ['SCHEDULED', 'DELAYED', 'CANCELLED', 'BOARDING'].map(drawing)

  expect(new Set(drawings).size).toBe(4)
})
