import type { Theme } from '../../bundle';
import {
  isPersonId,
  isPlatform,
  type PersonId,
  type PhoneId,
  type Platform,
} from '../../this-app/people';
import type { PanelLanguage } from './texts';

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

  onSystemTheme(listener: () => void): void {
    matchMedia(DARK).addEventListener('change', listener);
  },

  /** One person on two phones, unless chosen otherwise. */
  personOn(phone: PhoneId): PersonId {
    const kept = localStorage.getItem(`panel:${phone}:person`);
    return isPersonId(kept) ? kept : 'lin';
  },
  setPerson(phone: PhoneId, person: PersonId): void {
    localStorage.setItem(`panel:${phone}:person`, person);
  },

  platformOf(phone: PhoneId): Platform {
    const kept = localStorage.getItem(`panel:${phone}:platform`);
    return isPlatform(kept) ? kept : 'wechat';
  },
  setPlatform(phone: PhoneId, platform: Platform): void {
    localStorage.setItem(`panel:${phone}:platform`, platform);
  },

  forgetPhones(): void {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('phone:')) localStorage.removeItem(key);
    }
  },
};
