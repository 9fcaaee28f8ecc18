import { describeDeskApi } from '../../testing/contracts/desk-api.contract.ts'
import { openInProcess, openMessagePorts } from '../../testing/fixtures/desk-sides.ts'

describeDeskApi('a call in the same process', openInProcess)
describeDeskApi('a MessagePort', openMessagePorts)
