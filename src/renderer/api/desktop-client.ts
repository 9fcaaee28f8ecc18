import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/api/contract.ts'
import type { DesktopContract } from '../../shared/api/desktop-contract.ts'

/** What a page asks of the desktop around it. */
export type DesktopClient = ContractRouterClient<DesktopContract>

/** Everything that main serves on a port. */
export type DesktopRoot = ContractRouterClient<Contract & { readonly desktop: DesktopContract }>
