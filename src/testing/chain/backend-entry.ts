import { startBackend } from '../../../backend/start/start-backend.ts'
import { readSettings } from '../../node/config/read-settings.ts'
import { createLog } from '../../node/log/create-log.ts'
import { tuningSchema } from './tuning.ts'

// The backend as `backend/index.ts` starts it, with shorter times: what a test does a hundred times it cannot wait for.
const settings = readSettings(process.env, process.cwd())
const tuning = tuningSchema.parse(JSON.parse(process.env.CHAIN_TUNING ?? '{}'))
const backend = await startBackend(settings, createLog(settings.logLevel), tuning)

process.once('SIGTERM', () => void backend.close().then(() => process.exit(0)))
// Whoever started us holds the other end; without it nobody would ever end us.
process.stdin.once('end', () => process.exit(1)).resume()
