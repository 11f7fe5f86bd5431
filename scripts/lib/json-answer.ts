/** `--json`: one document on stdout, whatever happens, and nothing else there. */
/** What is printed where the command has no document of its own: it could not do its work. */
export interface JsonFailure {
  version: 1;
  ok: false;
  error: JsonError;
}

export interface JsonError {
  /**
   * `usage`: the command line or the environment is wrong, and nothing was done; `failure`: it is
   * said what to do; `interrupted`: by a signal; `bug`: the stack is on stderr.
   */
  kind: 'usage' | 'failure' | 'interrupted' | 'bug';
  /** For people, in their language: a program goes by `kind`. */
  message: string;
}

let isChosen = false;
let isAnswered = false;

/** From now on what else would be printed to stdout goes to stderr. */
export function answerInJson(): void {
  isChosen = true;
  console.log = (...parts: unknown[]) => {
    console.error(...parts);
  };
  console.info = console.log;
}

/** The one document. A later one is left out. */
export function printJson(document: object): void {
  if (isAnswered) return;
  isAnswered = true;
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Where nothing was answered yet, and `--json` was given. */
export function printJsonFailure(error: JsonError): void {
  const failure: JsonFailure = { version: 1, ok: false, error };
  if (isChosen) printJson(failure);
}
