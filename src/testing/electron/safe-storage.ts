import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appState } from './app.ts'
import { strict } from './strict.ts'

const NONCE = 12
const TAG = 16

/** The keyring: a key in the data folder. A test that removes it has a keyring that was reset. */
function key(): Buffer {
  const file = join(appState.userData, 'stand-in.keyring')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 })
  return readFileSync(file)
}

/** `electron.safeStorage`, its asynchronous half. STAND_IN_KEYRING names the system's store, as Linux has several. */
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => process.env.STAND_IN_KEYRING ?? 'gnome_libsecret',
  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', key(), nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(0, NONCE))
    decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
    const result = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    return { result, shouldReEncrypt: false }
  },
})
