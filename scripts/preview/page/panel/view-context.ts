import type { PanelLanguage, PreviewApp } from '../../app/preview-app';
import type { Texts } from './texts';
import type { TimeTexts } from './time-text';

/** What every part of the panel needs. */
export interface ViewContext {
  app: PreviewApp;
  texts: Texts;
  language: PanelLanguage;
  times: TimeTexts;
  /** Epoch milliseconds on the cloud's clock. */
  now: () => number;
}
