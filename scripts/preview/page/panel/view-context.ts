import type { PanelLanguage, PreviewApp } from '../../app/preview-app';
import type { Copy } from './copy';
import type { TimeTexts } from './time-text';

/** What every part of the panel needs. */
export interface ViewContext {
  app: PreviewApp;
  copy: Copy;
  language: PanelLanguage;
  times: TimeTexts;
  /** Epoch milliseconds on the cloud's clock. */
  now: () => number;
}
