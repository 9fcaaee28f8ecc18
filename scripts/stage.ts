import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { releaseFile, stageRelease } from './package/stage-release.ts'

// `node scripts/stage.ts <folder> <percentage>`: how many desks take the release whose files lie there.
const [folder = 'dist', percentage = ''] = process.argv.slice(2)
const names = (await readdir(folder)).filter((name) => releaseFile.test(name))

if (names.length === 0 || percentage === '') {
  console.error(`usage: node scripts/stage.ts <folder with latest.yml> <percentage>; found ${names.length} such files`)
  process.exit(2)
}
for (const name of names) {
  const path = join(folder, name)
  await writeFile(path, stageRelease(await readFile(path, 'utf8'), Number(percentage)))
}
console.log(`${names.join(', ')}: ${percentage} %`)
