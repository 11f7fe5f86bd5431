/** What the pages of the preview are told when they start: `preview.json`, beside them. */
import { isRecord } from '../../lib/is-record';
import { fieldsOrNone, stringOrEmpty } from './decode';

/** A mini program that the preview knows nothing of. */
export interface ShownProject {
  /** Of this project only: what its phones keep stays apart from that of others. */
  id: string;
  /** What its people call it, or the name of its folder. */
  title: string;
  /** As registered at WeChat, or made up. */
  appid: string;
}

export interface PreviewSettings {
  /** The panel shows the numbers of people, and how WeChat answers when asked for one. */
  asksForPhoneNumbers: boolean;
  /** Absent: the app of `this-app/`. */
  project?: ShownProject;
}

export const SETTINGS_FILE = 'preview.json';

export function readSettings(value: unknown): PreviewSettings {
  const { asksForPhoneNumbers, project } = fieldsOrNone(value);
  return {
    asksForPhoneNumbers: asksForPhoneNumbers === true,
    ...(isRecord(project) && {
      project: {
        id: stringOrEmpty(project['id']),
        title: stringOrEmpty(project['title']),
        appid: stringOrEmpty(project['appid']),
      },
    }),
  };
}
