import { placeAt, type Place } from './place';

/**
 * Where a text stops being JSON. `JSON.parse` says it in other words in each version of Node.js, and
 * in some not at all.
 */
export interface JsonFault extends Place {
  message: string;
}

const SPACES = /[ \t\r\n]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const OTHER_VALUE = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])/y;
/** What is named when it is not expected: a word, a number or one character. */
const THING = /[\w$.-]+|[^]/uy;

/** The first one in `text`, which `JSON.parse` has refused. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    new Reader(text).read();
    return undefined;
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    return { ...placeAt(text, cause.offset), message: cause.message };
  }
}

class Stop extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  read(): void {
    this.#value();
    if (this.#next() !== '') throw this.#unexpected('the end of the file');
  }

  #value(): void {
    const first = this.#next();
    if (first === '{') this.#list('}', () => this.#member());
    else if (first === '[') this.#list(']', () => this.#value());
    else if (first === '"') this.#string();
    else if (!this.#take(OTHER_VALUE)) throw this.#unexpected('a value');
  }

  #list(end: string, item: () => void): void {
    this.#at++;
    if (this.#isNext(end)) return;
    for (;;) {
      item();
      if (this.#isNext(end)) return;
      const comma = this.#at;
      if (!this.#isNext(',')) throw this.#unexpected(`, or ${end}`);
      if (this.#next() === end) throw new Stop(comma, `JSON takes no comma before ${end}`);
    }
  }

  #member(): void {
    if (this.#next() !== '"') throw this.#unexpected('a name in double quotes');
    this.#string();
    if (!this.#isNext(':')) throw this.#unexpected(':');
    this.#value();
  }

  #string(): void {
    if (!this.#take(STRING)) throw new Stop(this.#at, 'this text does not end, or is not JSON');
  }

  #next(): string {
    this.#take(SPACES);
    return this.text.charAt(this.#at);
  }

  /** Passes over it. */
  #isNext(mark: string): boolean {
    if (this.#next() !== mark) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #unexpected(expected: string): Stop {
    THING.lastIndex = this.#at;
    const thing = THING.exec(this.text)?.[0] ?? 'the end of the file';
    const isComment = /^\/[/*]/.test(this.text.slice(this.#at));
    return new Stop(
      this.#at,
      isComment ? 'JSON has no comments' : `expected ${expected} but found ${thing}`,
    );
  }
}
