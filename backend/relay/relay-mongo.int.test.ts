import { inject } from 'vitest'
import { describeRelayExternal } from '../../src/testing/contracts/relay-external.contract.ts'
import { mongoPairs } from '../../src/testing/stores/mongo-pair.ts'

describeRelayExternal(inject('mongoLabel'), mongoPairs(inject('mongoUrl')))
