import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { replaceFile } from '../../node/files/replace-file.ts'
import { setAside } from '../../node/files/set-aside.ts'
import { type SettingsDraft, settingsDraftSchema } from '../../shared/api/desktop-schemas.ts'
import type { Log } from '../../shared/ports/log.ts'

const VERSION = 1
const fileSchema = z.object({ version: z.literal(VERSION), settings: settingsDraftSchema })

/** Where the settings lie, without their secrets. */
export interface SettingsFileParts {
  readonly path: string
  readonly logger: Log
  readonly now: () => number
}

/** What was saved; a file that cannot be read is set aside, and the desktop asks for its settings anew. */
export async function readSettingsFile({ path, logger, now }: SettingsFileParts): Promise<SettingsDraft | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).settings
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    const place = await setAside(path, now())
    logger.error({ reason: error.name, place }, 'the settings cannot be read and have to be entered again')
    return undefined
  }
}

/** Keeps settings that hold no secret. */
export async function writeSettingsFile({ path }: SettingsFileParts, settings: SettingsDraft): Promise<void> {
  await replaceFile(path, `${JSON.stringify({ version: VERSION, settings }, null, 2)}\n`)
}
