import type { PanelLanguage } from '../../app/preview-app';
import type { Theme } from '../../bundle/bundle';
import type { PhoneId } from '../shared/devices';
import { isPhoneNumberAnswer, type PhoneNumberAnswer } from '../shared/messages';

export type ThemeChoice = 'system' | Theme;

const DARK = '(prefers-color-scheme: dark)';

/** What the reader chose, kept in this browser. */
export const preferences = {
  get language(): PanelLanguage {
    const kept = localStorage.getItem('panel:language');
    if (kept === 'zh' || kept === 'en') return kept;
    return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  },
  set language(language: PanelLanguage) {
    localStorage.setItem('panel:language', language);
  },

  get themeChoice(): ThemeChoice {
    const kept = localStorage.getItem('panel:theme');
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  },
  set themeChoice(choice: ThemeChoice) {
    localStorage.setItem('panel:theme', choice);
  },

  get theme(): Theme {
    const choice = this.themeChoice;
    if (choice !== 'system') return choice;
    return matchMedia(DARK).matches ? 'dark' : 'light';
  },

  get showsWebPage(): boolean {
    return localStorage.getItem('panel:web') === 'shown';
  },
  set showsWebPage(isShown: boolean) {
    localStorage.setItem('panel:web', isShown ? 'shown' : 'hidden');
  },

  /** That the reader has opened; `undefined` before, `''`: none. */
  get collection(): string | undefined {
    return localStorage.getItem('panel:collection') ?? undefined;
  },
  set collection(name: string) {
    localStorage.setItem('panel:collection', name);
  },

  onSystemTheme(listener: () => void): void {
    matchMedia(DARK).addEventListener('change', listener);
  },

  /** The id that was chosen; `null` before. */
  personOn(phone: PhoneId): string | null {
    return localStorage.getItem(`panel:${phone}:person`);
  },
  setPerson(phone: PhoneId, person: string): void {
    localStorage.setItem(`panel:${phone}:person`, person);
  },

  providerOn(phone: PhoneId): string | null {
    return localStorage.getItem(`panel:${phone}:provider`);
  },
  setProvider(phone: PhoneId, provider: string): void {
    localStorage.setItem(`panel:${phone}:provider`, provider);
  },

  phoneNumberAnswerOn(phone: PhoneId): PhoneNumberAnswer {
    const kept = localStorage.getItem(`panel:${phone}:number`);
    return isPhoneNumberAnswer(kept) ? kept : 'asked';
  },
  setPhoneNumberAnswer(phone: PhoneId, answer: PhoneNumberAnswer): void {
    localStorage.setItem(`panel:${phone}:number`, answer);
  },

  /** What the phones of one app keep. */
  forgetPhones(prefix: string): void {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  },
};
