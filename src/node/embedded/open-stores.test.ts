import { describeStores } from '../../testing/contracts/stores.contract.ts'
import { openEmbeddedPair } from '../../testing/fixtures/embedded-pair.ts'

describeStores('embedded SQLite', openEmbeddedPair)
