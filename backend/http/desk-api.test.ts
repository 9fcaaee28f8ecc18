import { describeDeskApi } from '../../src/testing/contracts/desk-api.contract.ts'
import { openConsoleSockets, openRest } from '../../src/testing/fixtures/http-sides.ts'

describeDeskApi('a WebSocket', openConsoleSockets)
describeDeskApi('REST', openRest)
