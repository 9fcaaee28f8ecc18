import { readFileSync } from 'node:fs'
import type { TreeFiles } from './planted-tree.ts'

const runTime = ['zod', '@orpc/contract', '@orpc/server', 'kafkajs', 'mongodb', 'nodemailer', 'ws', 'fastify']
const development = ['electron', 'react', 'zustand', 'vitest', 'csv-tool']
const undeclared = 'left-over'

const usesClean = (names: readonly string[]) => names.map((name) => `import '${name}'`).join('\n')
const asDependencies = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))

function packageFiles(name: string): TreeFiles {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }),
    [`node_modules/${name}/index.js`]: 'export const it = 1\n',
  }
}

/** Every layer present, each using exactly what it may: the rules must find nothing here. */
export const cleanTree: TreeFiles = {
  'package.json': JSON.stringify({
    name: 'planted',
    type: 'module',
    dependencies: asDependencies(runTime),
    devDependencies: asDependencies(development),
  }),
  'tsconfig.json': readFileSync('tsconfig.base.json', 'utf8'),
  ...Object.assign({}, ...[...runTime, ...development, undeclared].map(packageFiles)),
  'node_modules/@orpc/server/dist/adapters/ws.js': 'export const it = 1\n',

  'src/shared/domain/gate.ts': "import { z } from 'zod'\nexport const gate = z\n",
  'src/shared/api/contract.ts': "import '@orpc/contract'\nimport '../domain/gate.ts'\n",
  'src/shared/desk/service.ts': "import '@orpc/server'\nimport '../api/contract.ts'\n",
  'src/node/kafka/log.ts': "import 'kafkajs'\nimport '../../shared/domain/gate.ts'\n",
  'src/node/mongo/store.ts': "import 'mongodb'\nimport '../../shared/domain/gate.ts'\n",
  'src/node/embedded/store.ts': "import 'node:sqlite'\nimport '../../shared/domain/gate.ts'\n",
  'src/node/embedded/store.test.ts': "import 'vitest'\nimport '../../testing/fixture.ts'\nimport './store.ts'\n",
  'src/testing/fixture.ts': "import '../shared/domain/gate.ts'\n",
  'src/main/index.ts':
    "import 'electron'\nimport 'node:fs'\nimport '../node/mongo/store.ts'\nimport '../shared/desk/service.ts'\n",
  'src/preload/index.ts': "import 'electron'\nimport '../shared/api/contract.ts'\n",
  'src/renderer/main.tsx': usesClean(['react', 'zustand', './features/board/board.tsx', './features/gates/gates.tsx']),
  'src/renderer/features/board/board.tsx': "import 'react'\nimport '../../../shared/api/contract.ts'\n",
  'src/renderer/features/gates/gates.tsx': "import 'react'\nimport '../../../shared/domain/gate.ts'\n",
  'src/passenger/main.tsx': "import 'react'\nimport '../shared/domain/gate.ts'\n",
  'backend/index.ts': usesClean([
    './push/gateway.ts',
    './http/server.ts',
    './notifier/email/smtp.ts',
    '../src/node/kafka/log.ts',
    '../src/shared/desk/service.ts',
  ]),
  'backend/push/gateway.ts': "import 'ws'\n",
  'backend/http/server.ts': "import 'fastify'\n",
  'backend/notifier/email/smtp.ts': "import 'nodemailer'\n",
}

export interface PlantedBreak {
  readonly rule: string
  /** the file that breaks the rule */
  readonly file: string
  readonly source: string
  /** what the report names as the other end */
  readonly to: string
}

const breakOf = (rule: string, file: string, [imported, to]: readonly [string, string]): PlantedBreak => ({
  rule,
  file,
  source: `import '${imported}'\n`,
  to,
})

const packageOf = (name: string) => [name, `node_modules/${name}/index.js`] as const

/** One break of every rule, and of every branch of a rule that once was, or could be, got wrong. */
export const plantedBreaks: readonly PlantedBreak[] = [
  breakOf('shared-down', 'src/shared/lib/up.ts', ['../../node/mongo/store.ts', 'src/node/mongo/store.ts']),
  breakOf('node-down', 'src/node/log/up.ts', ['../../../backend/push/gateway.ts', 'backend/push/gateway.ts']),
  breakOf('main-down', 'src/main/up.ts', ['../../backend/push/gateway.ts', 'backend/push/gateway.ts']),
  breakOf('backend-down', 'backend/relay/up.ts', ['../../src/main/index.ts', 'src/main/index.ts']),
  breakOf('renderer-down', 'src/renderer/api/up.ts', ['../../node/mongo/store.ts', 'src/node/mongo/store.ts']),
  breakOf('passenger-down', 'src/passenger/up.ts', ['../renderer/main.tsx', 'src/renderer/main.tsx']),
  breakOf('preload-thin', 'src/preload/up.ts', ['../shared/domain/gate.ts', 'src/shared/domain/gate.ts']),
  breakOf('shared-is-leaf', 'src/shared/lib/core.ts', ['node:fs', 'fs']),
  breakOf('shared-is-leaf', 'src/shared/lib/library.ts', packageOf('fastify')),
  breakOf('shared-without-transport', 'src/shared/desk/transport.ts', [
    '@orpc/server/dist/adapters/ws.js',
    'node_modules/@orpc/server/dist/adapters/ws.js',
  ]),
  breakOf('no-node-in-web', 'src/renderer/api/core.ts', ['node:fs', 'fs']),
  breakOf('no-node-in-web', 'src/passenger/core.ts', ['node:fs', 'fs']),
  breakOf('passenger-light', 'src/passenger/heavy.ts', packageOf('zustand')),
  breakOf('preload-inlined', 'src/preload/library.ts', packageOf('zod')),
  breakOf('kafkajs-home', 'backend/relay/kafka.ts', packageOf('kafkajs')),
  breakOf('kafkajs-home', 'src/node/mongo/kafka.ts', packageOf('kafkajs')),
  breakOf('mongodb-home', 'src/node/kafka/mongo.ts', packageOf('mongodb')),
  breakOf('sqlite-home', 'src/node/log/sqlite.ts', ['node:sqlite', 'node:sqlite']),
  breakOf('nodemailer-home', 'backend/notifier/send.ts', packageOf('nodemailer')),
  breakOf('ws-home', 'backend/http/socket.ts', packageOf('ws')),
  breakOf('fastify-home', 'backend/push/server.ts', packageOf('fastify')),
  breakOf('electron-home', 'backend/relay/electron.ts', packageOf('electron')),
  breakOf('electron-home', 'src/renderer/electron.ts', packageOf('electron')),
  breakOf('react-home', 'src/main/react.ts', packageOf('react')),
  breakOf('console-ui-home', 'src/main/zustand.ts', packageOf('zustand')),
  breakOf('no-cross-feature', 'src/renderer/features/board/cross.ts', [
    '../gates/gates.tsx',
    'src/renderer/features/gates/gates.tsx',
  ]),
  breakOf('testing-for-tests', 'backend/push/fake.ts', ['../../src/testing/fixture.ts', 'src/testing/fixture.ts']),
  breakOf('testing-for-tests', 'src/node/mongo/of-test.ts', [
    '../embedded/store.test.ts',
    'src/node/embedded/store.test.ts',
  ]),
  breakOf('no-dev-packages-at-run-time', 'backend/ingest/tool.ts', packageOf('csv-tool')),
  breakOf('declared-packages', 'backend/ingest/undeclared.ts', packageOf(undeclared)),
  breakOf('resolvable', 'backend/ingest/gone.ts', ['./nowhere.ts', './nowhere.ts']),
  {
    rule: 'no-orphans',
    file: 'backend/ingest/alone.ts',
    source: 'export const alone = 1\n',
    to: 'backend/ingest/alone.ts',
  },
  {
    rule: 'no-cycles',
    file: 'src/shared/lib/one.ts',
    source: "import type { Two } from './two.ts'\nexport type One = Two | 1\n",
    to: 'src/shared/lib/two.ts',
  },
]

/** The other half of the planted cycle, made of type imports only. */
export const cycleOtherHalf: TreeFiles = {
  'src/shared/lib/two.ts': "import type { One } from './one.ts'\nexport type Two = One | 2\n",
}
