/** Reports why this process ends, before it does: an error that nobody caught, or an exit. */
import type { DescribeError } from './describe-error';
import type { Failure } from './messages';

/** @returns exits without a report */
export function reportEnding(
  describeError: DescribeError,
  report: (failure: Failure) => void,
): (code: number) => never {
  reportUncaught((why, error) => {
    const { text, headline } = describeError(error);
    report({ text: `${why}: ${text}`, headline: `${why}: ${headline}` });
  });
  return reportExits((what) => {
    const { text, headline } = describeError(Object.assign(new Error(what), { name: '' }));
    report({ text: text.replace(/^Error: /, ''), headline: headline.replace(/^: /, '') });
  });
}

/** Functions may listen for what is uncaught, as in the cloud: then it ends nothing. */
function reportUncaught(report: (why: string, error: unknown) => void): void {
  let why = 'Uncaught exception';
  process.on('uncaughtExceptionMonitor', (error: unknown) => {
    if (process.listenerCount('uncaughtException') === 0) report(why, error);
  });
  process.on('unhandledRejection', (reason) => {
    if (process.listenerCount('unhandledRejection') > 1) return;
    why = 'Unhandled rejection';
    // As Node does, which keeps only a part of reasons that are no errors.
    throw reason;
  });
}

function reportExits(report: (what: string) => void): (code: number) => never {
  const exit = process.exit.bind(process);
  const abort = process.abort.bind(process);
  // In the platform's words; the code is that of the process.
  process.exit = (code): never => {
    const shown = code ?? process.exitCode ?? 0;
    report(`${shown} code exit unexpected: process.exit(${code ?? ''}) was called`);
    return exit(code);
  };
  process.abort = (): never => {
    report('134 code exit unexpected: process.abort() was called');
    return abort();
  };
  return exit;
}
