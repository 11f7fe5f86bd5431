import { coloursOn } from '../lib/colours';
import { interruption } from '../lib/interruption';
import { text } from '../lib/language';

export const STARTING = text({
  zh: '正在启动本地云和手机',
  en: 'Starting the local cloud and the phones',
});

/** What functions print, a line at a time. */
export function printLog(line: string): void {
  console.log(coloursOn(process.stdout).dim(line));
}

/** @param begin runs first; an interruption counts from then on */
export async function untilInterrupted(begin: () => Promise<void>): Promise<void> {
  const interrupted = interruption();
  await begin();
  await interrupted;
  console.log(coloursOn(process.stdout).dim(text({ zh: '正在停止 ...', en: 'Stopping ...' })));
}
