/** What is not as it should be in a mini program that is shown all the same. */
import { describeProblem, type Problem } from '#preview';
import { coloursOn } from '../lib/colours';
import { text } from '../lib/language';

const MOST_TOLD = 8;

/**
 * Tells warnings, each once for as long as it is there.
 *
 * @param say takes a line
 *
 * @returns to be called with all there are, after each time that they are looked for
 */
export function tellingWarnings(
  say: (line: string) => void,
): (warnings: readonly Problem[]) => void {
  let told = new Set<string>();
  return (warnings) => {
    const all = new Set(warnings.map(describeProblem));
    const added = [...all].filter((line) => !told.has(line));
    told = all;
    const kind = coloursOn(process.stderr).yellow(text({ zh: '警告', en: 'warning' }));
    for (const line of added.slice(0, MOST_TOLD)) say(`${kind}  ${line}`);
    const others = added.length - MOST_TOLD;
    if (others > 0) say(`${kind}  ${text({ zh: `还有 ${others} 条`, en: `and ${others} more` })}`);
  };
}
