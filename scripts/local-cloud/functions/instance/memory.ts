/** How much memory a process has taken. */
import { readFileSync } from 'node:fs';
import type { Failure } from './messages';

/**
 * Whether this process has taken more than so much at any time; where nothing tells that, now.
 *
 * @param proc as of `peakMemoryMb`
 */
export function tookMoreThan(limitMb: number, proc?: string): boolean {
  // Quick, and never too low: it may count the process that started this one.
  if (process.resourceUsage().maxRSS / 1024 <= limitMb) return false;
  return (peakMemoryMb(undefined, proc) ?? 0) > limitMb;
}

/**
 * The most that was resident since the process began, in MiB. Only Linux tells it; elsewhere it is what
 * is resident now, and of other processes nothing is known.
 *
 * @param pid default: this process
 * @param proc where Linux tells of processes
 */
export function peakMemoryMb(pid?: number, proc = '/proc'): number | undefined {
  const peak = /^VmHWM:\s+(\d+)/m.exec(statusOf(pid, proc))?.[1];
  if (peak !== undefined) return Number(peak) / 1024;
  return pid === undefined ? process.memoryUsage.rss() / 2 ** 20 : undefined;
}

/** Empty where there is none. */
function statusOf(pid: number | undefined, proc: string): string {
  try {
    return readFileSync(`${proc}/${pid ?? 'self'}/status`, 'latin1');
  } catch {
    return '';
  }
}

/**
 * The platform's name for it
 * (https://docs.cloudbase.net/error-code/basic/FUNCTIONS_MEMORY_LIMIT_EXCEEDED).
 */
export function memoryExceeded(limitMb: number | string): Failure {
  const text = `FUNCTIONS_MEMORY_LIMIT_EXCEEDED: the function took more than its ${limitMb} MB of memory`;
  return { text, headline: text };
}
