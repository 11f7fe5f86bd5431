/** What the preview shows at the moment, as its server says and its pages compare. */
import { isRecord } from '../../lib/is-record';
import type { Problem } from '../../miniprogram-files/compile-error';

/** Which mini program: two hashes, each the same for the same content. */
export interface Build {
  /** Of all but the styles: another one needs a phone to start again. */
  code: string;
  /** Of the style sheet, which a running phone can take. */
  styles: string;
}

export interface LiveState {
  /** Hash of the preview's own pages, which know each other's messages. */
  pages: string;
  build: Build;
  /** Why what is shown is not what was written last. None: it is. */
  problems: readonly Problem[];
}

export function readBuild(value: unknown): Build | undefined {
  if (!isRecord(value)) return undefined;
  const { code, styles } = value;
  return typeof code === 'string' && typeof styles === 'string' ? { code, styles } : undefined;
}

export function readLiveState(value: unknown): LiveState | undefined {
  if (!isRecord(value) || !Array.isArray(value['problems'])) return undefined;
  const { pages, problems } = value;
  const build = readBuild(value['build']);
  if (typeof pages !== 'string' || build === undefined) return undefined;
  return { pages, build, problems: problems.flatMap(readProblem) };
}

function readProblem(value: unknown): Problem[] {
  if (!isRecord(value)) return [];
  const { file, line, column, message } = value;
  if (typeof file !== 'string' || typeof message !== 'string') return [];
  return [
    {
      file,
      message,
      ...(typeof line === 'number' && { line }),
      ...(typeof column === 'number' && { column }),
    },
  ];
}
