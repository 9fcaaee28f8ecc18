import { describeDeskApi } from '../../testing/contracts/desk-api.contract.ts'
import { openDirectDesktops, openServedDesktops } from '../../testing/fixtures/desktop-sides.ts'

describeDeskApi('the port of a desktop with stores and log of its own', openDirectDesktops)
describeDeskApi('the port of a desktop behind a backend', openServedDesktops)
