/** How much memory a process has taken. */
import { readFileSync } from 'node:fs';
import type { Failure } from './messages';

/** Whether this process has taken more than so much at any time. */
export function tookMoreThan(limitMb: number): boolean {
  // Quick, and never too low: it may count the process that started this one.
  if (process.resourceUsage().maxRSS / 1024 <= limitMb) return false;
  return (peakMemoryMb() ?? 0) > limitMb;
}

/**
 * The most that was resident since the process began, in MiB; on systems other than Linux what is
 * resident now, and of other processes nothing is known.
 *
 * @param pid default: this process
 */
export function peakMemoryMb(pid?: number): number | undefined {
  if (process.platform !== 'linux') {
    return pid === undefined ? process.memoryUsage.rss() / 2 ** 20 : undefined;
  }
  try {
    const status = readFileSync(`/proc/${pid ?? 'self'}/status`, 'latin1');
    const kibibytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
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
