/** An expected failure: the message says what is wrong and what to do. No stack is shown. */
export class CommandError extends Error {
  readonly exitCode: number = 1;
}

/** Ctrl-C, or the request to end, came while a tool ran: nothing after it begins. */
export class InterruptedError extends Error {
  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/** Something must be set up first, in the project or on this machine: the command did nothing. */
export class SetupError extends CommandError {
  override readonly exitCode = 2;
}

/** The command line, or what the environment says, is wrong: the command did nothing. */
export class UsageError extends CommandError {
  override readonly exitCode = 2;
}
