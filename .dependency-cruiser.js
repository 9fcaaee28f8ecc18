/** Tests, contract suites and what only they import may look everywhere; the layers bind product code. */
const testing = '[.](test|contract)[.]tsx?$|^src/testing/'

/** Product code under `path` may use, of our own folders, only `own`. */
const layer = (name, path, own) => ({
  name,
  severity: 'error',
  from: { path, pathNot: testing },
  to: { path: '^(src|backend|scripts|bench|e2e)/', pathNot: own },
})

/** The named packages are imported only under `home` (and by tests that need the real peer). */
const onlyIn = (name, home, packages) => ({
  name,
  severity: 'error',
  from: { path: '^(src|backend)/', pathNot: `${home}|${testing}` },
  to: { path: `^node_modules/(@types/)?(${packages})(/|$)` },
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '[.]d[.]ts$' }, to: {} },

    layer('shared-down', '^src/shared/', '^src/shared/'),
    layer('node-down', '^src/node/', '^src/(shared|node)/'),
    layer('main-down', '^src/main/', '^src/(shared|node|main)/'),
    layer('backend-down', '^backend/', '^(src/(shared|node)|backend)/'),
    layer('renderer-down', '^src/renderer/', '^src/(shared|renderer)/'),
    layer('passenger-down', '^src/passenger/', '^src/(shared|passenger)/'),
    layer('preload-thin', '^src/preload/', '^src/(shared/api|preload)/'),

    {
      name: 'shared-is-leaf',
      comment: 'shared runs anywhere: zod and the contract library, nothing else, and no transport of the latter',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: testing },
      to: { pathNot: '^(src|backend|scripts|bench|e2e)/|^node_modules/(zod|@orpc/(contract|client|server|zod))/' },
    },
    {
      name: 'shared-without-transport',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: testing },
      to: { path: '^node_modules/@orpc/[^/]+/dist/adapters/' },
    },
    {
      name: 'no-node-in-web',
      severity: 'error',
      from: { path: '^src/(renderer|passenger|preload)/', pathNot: testing },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'passenger-light',
      comment: 'the page has 80 kB of gzipped script to spend: React and our own code',
      severity: 'error',
      from: { path: '^src/passenger/', pathNot: testing },
      to: { path: '^node_modules/', pathNot: '^node_modules/(@types/)?(react|react-dom|vite)/' },
    },
    {
      name: 'preload-inlined',
      severity: 'error',
      from: { path: '^src/preload/', pathNot: testing },
      to: { path: '^node_modules/', pathNot: '^node_modules/electron/' },
    },

    onlyIn('kafkajs-home', '^src/node/kafka/', 'kafkajs'),
    onlyIn('mongodb-home', '^src/node/mongo/', 'mongodb|bson'),
    onlyIn('nodemailer-home', '^backend/notifier/email/', 'nodemailer'),
    onlyIn('ws-home', '^backend/(push/|http/console)|^src/main/desk/served/', 'ws'),
    onlyIn('fastify-home', '^backend/http/', 'fastify|@fastify|fastify-type-provider-zod'),
    onlyIn('electron-home', '^src/(main|preload)/', 'electron'),
    onlyIn('react-home', '^src/(renderer|passenger)/', 'react|react-dom'),
    onlyIn('console-ui-home', '^src/renderer/', '@mantine|@tabler|ag-grid-community|ag-grid-react|zustand'),
    {
      name: 'sqlite-home',
      severity: 'error',
      from: { path: '^(src|backend)/', pathNot: `^src/node/embedded/|${testing}` },
      to: { path: '^(node:)?sqlite$' },
    },

    {
      name: 'no-cross-feature',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/', pathNot: testing },
      to: { path: '^src/renderer/features/([^/]+)/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'testing-for-tests',
      severity: 'error',
      from: { path: '^(src|backend)/', pathNot: testing },
      to: { path: testing },
    },
    {
      name: 'declared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-packages-at-run-time',
      comment: 'an image built with --omit=dev must start',
      severity: 'error',
      from: { path: '^(backend|src/(shared|node))/', pathNot: testing },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.css', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
