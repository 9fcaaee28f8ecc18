import { describe, expect, test } from 'vitest'
import { type CellKey, keyIntent } from './board-keys.ts'

function press(key: string, overrides: Partial<CellKey> = {}) {
  return keyIntent({ column: 'flight', key, shiftKey: false, hasModifier: false, isEditable: false, ...overrides })
}

describe('a key on a cell', () => {
  test('a digit on the delay begins the delay with that digit', () => {
    expect(press('4', { column: 'delay' })).toEqual({ kind: 'editor', editor: 'delay', typed: '4' })
    expect(press('+', { column: 'delay' })).toEqual({ kind: 'editor', editor: 'delay', typed: '+' })
    expect(press('1', { column: 'estimate' })).toEqual({ kind: 'editor', editor: 'estimate', typed: '1' })
  })

  test.each(['Enter', 'F2'])('%s edits delay and estimate, and opens the menu elsewhere', (key) => {
    expect(press(key, { column: 'delay' })).toEqual({ kind: 'editor', editor: 'delay', typed: '' })
    expect(press(key)).toEqual({ kind: 'menu' })
  })

  test('a letter chooses an action', () => {
    expect(press('h')).toEqual({ kind: 'action', key: 'h' })
    expect(press('b', { column: 'delay' })).toEqual({ kind: 'action', key: 'b' })
  })

  test('what an editable cell is given stays its own', () => {
    expect(press('b', { column: 'gate', isEditable: true })).toBeUndefined()
    expect(press('Enter', { column: 'gate', isEditable: true })).toBeUndefined()
  })

  test('a gate that cannot be edited opens the menu, which says why', () => {
    expect(press('Enter', { column: 'gate' })).toEqual({ kind: 'menu' })
  })

  test('the menu key opens the menu on every cell', () => {
    expect(press('ContextMenu', { column: 'gate', isEditable: true })).toEqual({ kind: 'menu' })
    expect(press('F10', { shiftKey: true })).toEqual({ kind: 'menu' })
    expect(press('F10')).toBeUndefined()
  })

  test('keys with a modifier, and all others, are left alone', () => {
    expect(press('c', { hasModifier: true })).toBeUndefined()
    expect(press('ArrowDown')).toBeUndefined()
    expect(press('B')).toBeUndefined()
    expect(press('4')).toBeUndefined()
  })
})
