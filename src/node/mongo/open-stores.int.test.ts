import { inject } from 'vitest'
import { describeDepartureStore } from '../../testing/contracts/departure-store.contract.ts'
import { mongoPairs } from '../../testing/stores/mongo-pair.ts'

const label = inject('mongoLabel')
const open = mongoPairs(inject('mongoUrl'))

describeDepartureStore(label, open)
