/** `node --import tsx scripts/preview/write-bundle.ts MINIPROGRAM_DIR FILE.cjs`: a module for tests to require. */
import { writeFile } from 'node:fs/promises';
import { compileMiniprogram } from './compile-miniprogram';

async function main(): Promise<void> {
  const [miniprogramDir, file] = process.argv.slice(2);
  if (miniprogramDir === undefined || file === undefined) throw new Error('two paths are needed');
  const { script } = await compileMiniprogram(miniprogramDir);
  await writeFile(file, `module.exports = ${script};\n`);
}

void main();
