import { NoInternet } from './api-failure';
import { Signal } from './signal';
import type { SourcePlaceOf } from './source-place';

export interface PageError {
  /** What ran: `onLoad of pages/home/index`. */
  where: string;
  error: unknown;
  /** In its sources, where that is known: `miniprogram/pages/home/index.ts:12`. */
  place?: string;
}

/**
 * Errors of the mini program's code. Each goes to the console and to the listeners. That a server is
 * out of reach is none: it is noted in the console.
 */
export class ErrorLog {
  readonly added = new Signal<PageError>();
  readonly errors: PageError[] = [];

  constructor(private readonly placeOf: SourcePlaceOf = () => undefined) {}

  /** Once: what is thrown on, or rejects a promise too, comes by again. */
  report(where: string, error: unknown): void {
    if (error instanceof NoInternet) {
      console.warn(`[${where}] ${error.errMsg}`);
      return;
    }
    if (this.errors.some((known) => known.error === error && error instanceof Error)) return;
    const place = this.placeOf(error);
    const found = { where, error, ...(place !== undefined && { place }) };
    this.errors.push(found);
    console.error(`[${where}]`, error);
    this.added.emit(found);
  }

  /** Runs code of the mini program; a throw, or a promise that fails later, is reported. */
  run<T>(where: string, code: () => T): T | undefined {
    try {
      const result = code();
      this.watch(where, result);
      return result;
    } catch (error) {
      this.report(where, error);
      return undefined;
    }
  }

  watch(where: string, result: unknown): void {
    if (!(result instanceof Promise)) return;
    result.catch((error: unknown) => {
      this.report(where, error);
    });
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'errMsg' in error) return String(error.errMsg);
  return String(error);
}
