/** Which app the pages show. */
import { anyApp } from '../any-app/any-app';
import type { PreviewApp } from '../app/preview-app';
import { readSettings, SETTINGS_FILE } from '../app/settings';
import { thisApp } from '../this-app/app';

export interface ShownApp {
  app: PreviewApp;
  asksForPhoneNumbers: boolean;
}

export async function shownApp(): Promise<ShownApp> {
  const response = await fetch(SETTINGS_FILE);
  if (!response.ok) throw new Error(`${SETTINGS_FILE}: ${String(response.status)}`);
  const { project, asksForPhoneNumbers } = readSettings(await response.json());
  return { app: project === undefined ? thisApp : anyApp(project), asksForPhoneNumbers };
}
