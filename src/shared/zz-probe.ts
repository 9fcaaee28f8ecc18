import * as x from '@orpc/contract'; export const y = [x, process.pid, document.title]
