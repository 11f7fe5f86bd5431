/** The language of the person at the terminal. Each text holds both, side by side. */
import { languageOf } from './language-of.cjs';

export type Language = 'zh' | 'en';

export type Text = Readonly<Record<Language, string>>;

let spoken: Language | undefined;

/** The text in the language of this process. */
export function text(both: Text): string {
  return both[language()];
}

export function language(): Language {
  return (spoken ??= languageOf(process.env));
}

/** From now on, whatever the environment says: for tests, which speak both. */
export function speak(chosen: Language): void {
  spoken = chosen;
}
