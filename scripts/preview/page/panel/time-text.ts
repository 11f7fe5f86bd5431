import { h } from '../shared/dom';
import type { PanelLanguage } from '../../app/preview-app';

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** Writes times in one language, and keeps the relative ones true as time passes. */
export class TimeTexts {
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #absolute: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;

  /** @param now epoch milliseconds on the cloud's clock */
  constructor(
    language: PanelLanguage,
    private readonly now: () => number,
  ) {
    const locale = language === 'zh' ? 'zh-CN' : 'en';
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    this.#absolute = new Intl.DateTimeFormat(locale, {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    this.#clock = new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      hour12: false,
    });
  }

  relative(at: number): string {
    const difference = at - this.now();
    const [unit, size] = UNITS.find(([, size]) => Math.abs(difference) >= size) ?? ['second', 1000];
    return this.#relative.format(Math.round(difference / size), unit);
  }

  absolute(at: number): string {
    return this.#absolute.format(at);
  }

  clock(): string {
    return this.#clock.format(this.now());
  }

  /** To the second; for a time that no calendar has, the number. */
  exact(at: number): string {
    return Number.isNaN(new Date(at).getTime()) ? String(at) : this.#clock.format(at);
  }

  /** The relative time in the text, which `refresh` keeps up. */
  element(at: number): HTMLElement {
    const text = this.relative(at);
    return h('time', { datetime: new Date(at).toISOString(), 'data-at': at }, text);
  }

  refresh(parent: HTMLElement): void {
    for (const element of parent.querySelectorAll<HTMLElement>('time[data-at]')) {
      const text = this.relative(Number(element.dataset['at']));
      if (element.textContent !== text) element.textContent = text;
    }
  }
}
