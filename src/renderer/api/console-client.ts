import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/api/contract.ts'

/** The console's contract as it is called; which transport carries it cannot be seen from here. */
export type ConsoleClient = ContractRouterClient<Contract>
