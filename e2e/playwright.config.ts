import { defineConfig } from 'playwright/test'
import { chromiumLaunch } from '../src/testing/services/chromium.ts'

// Found or installed before the first test: without a browser the run ends here, with one line saying how to get one.
const launchOptions = await chromiumLaunch()

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Each worker has a browser and a backend of its own; more of them than cores only wait for each other.
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { browserName: 'chromium', launchOptions, actionTimeout: 15_000, screenshot: 'only-on-failure' },
})
