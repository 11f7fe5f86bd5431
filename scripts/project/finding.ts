import { text } from '../lib/language';

/**
 * What is missing or wrong and how to repair it, in words that need no look at the source, in the
 * language of this process.
 */
export interface Finding {
  problem: string;
  fix: string;
}

/** Examined in what was built; the others read sources and the environment only. */
export const BUILD_EXAMINATIONS = ['build', 'built-files', 'sizes'] as const;

export type ExaminationId =
  | (typeof BUILD_EXAMINATIONS)[number]
  | 'node'
  | 'appid'
  | 'environment'
  | 'devtools'
  | 'resources'
  | 'policy'
  | 'identity'
  | 'gateway'
  | 'cloud';

export interface Examination {
  /** By which it is chosen. */
  id: ExaminationId;
  /** What is examined, as it is shown. */
  name: string;
  find: () => Promise<readonly Finding[]> | readonly Finding[];
}

/** Everything that these examinations find, each with its fix in a line of its own. */
export async function describeFindings(examinations: readonly Examination[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, find } of examinations) {
    for (const { problem, fix } of await find()) {
      lines.push(`${name}${text({ zh: '：', en: ': ' })}${problem}\n  ${fix}`);
    }
  }
  return lines;
}
