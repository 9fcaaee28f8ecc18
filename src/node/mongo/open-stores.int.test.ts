import { inject } from 'vitest'
import { describeStores } from '../../testing/contracts/stores.contract.ts'
import { mongoPairs } from '../../testing/stores/mongo-pair.ts'

describeStores(inject('mongoLabel'), mongoPairs(inject('mongoUrl')))
