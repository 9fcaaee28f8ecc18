import { defineConfig } from 'vitest/config'

const sources = ['src', 'backend', 'scripts', 'bench']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: sources.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: ['**/*.int.test.ts'],
          // Far beyond what any takes on a quiet machine: a busy one must not turn a slow test into a failed one.
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: sources.map((folder) => `${folder}/**/*.int.test.ts`),
          globalSetup: ['src/testing/services/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // Kafka and the MongoDB stand-in share two cores with the tests: more workers only queue behind each other.
          maxWorkers: 2,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}', 'backend/**/*.ts'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.contract.ts', 'src/testing/**', '**/*.d.ts'],
      reportsDirectory: 'coverage',
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        lines: 85,
        branches: 85,
        functions: 85,
        statements: 85,
        'src/shared/**': { lines: 95, branches: 95 },
      },
    },
  },
})
