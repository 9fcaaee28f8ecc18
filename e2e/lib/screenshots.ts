import { join } from 'node:path'
import type { Page, TestInfo } from 'playwright/test'
import { findPackageRoot } from '../../src/node/config/package-root.ts'

/** Takes a picture for the README: into the tree when it is asked to be renewed, else beside the results of the run. */
export async function takePicture(page: Page, name: string, testInfo: TestInfo): Promise<void> {
  const isRenewed = process.env.UPDATE_SCREENSHOTS === '1'
  const path = isRenewed ? join(findPackageRoot(), 'docs/images', `${name}.png`) : testInfo.outputPath(`${name}.png`)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
}
