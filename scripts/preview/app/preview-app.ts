/** What the preview has to be told about the app that it shows. It knows no app by itself. */

/** In both languages of the panel. */
export type Localized<T = string> = Readonly<Record<PanelLanguage, T>>;
export type PanelLanguage = 'zh' | 'en';

/** The company whose app runs the mini program on a phone and vouches for the person there. */
export interface Provider {
  name: Localized;
  /** The mini program's id there. Made up. */
  appid: string;
  /** What the mini program's config.js exports in the build for this provider, where it differs. */
  settings?: object;
}

/** Cloud functions are called as the person whom WeChat knows, so WeChat is always there, first. */
export type ByProvider<T> = Readonly<{ wechat: T } & Record<string, T>>;

export interface Person {
  name: Localized;
  /** Made up, and different at each provider, as real ones are. */
  openids: ByProvider<string>;
  /** Made up. The first is the one that WeChat knows; the person may choose any. */
  phoneNumbers: readonly string[];
}

export interface PreviewApp {
  title: Localized;
  /** What to try first, a paragraph each. */
  introduction: Localized<readonly string[]>;
  /** By id. A phone belongs to the first one until another is chosen. */
  people: Readonly<Record<string, Person>>;
  providers: ByProvider<Provider>;
  /** A web page stands beside the phones, on which people sign in by one of them. */
  hasWebPage: boolean;
  /** What its phones keep in the browser is under keys that begin so: another one for each app. */
  storage: string;
  /** Shown in a way of their own, from the top of the panel down; all others as they are. */
  records: readonly Records[];
  /** The code in a function's result that refuses the call; `undefined` for any other result. */
  refusalCode: (result: unknown) => string | undefined;
}

/** A collection that the panel shows, document by document. */
export interface Records {
  collection: string;
  heading: Localized;
  note: Localized;
  /** Shown while the collection is empty; `undefined`: then there is nothing of it to see. */
  none: Localized | undefined;
  /**
   * @param text one document as an EJSON string, as the admin protocol sends it
   * @param now epoch milliseconds on the cloud's clock
   * @param documentsOf the documents of another of the app's collections, as EJSON strings
   */
  read: (text: string, now: number, documentsOf: DocumentsOf) => RecordCard;
}

export type DocumentsOf = (collection: string) => readonly string[];

/** One document as the panel shows it. What differs from the last time is marked. */
export interface RecordCard {
  /** `_id` of the document. */
  id: string;
  /** Whose it is. */
  openid: string;
  label: string;
  /** As the document says it. */
  state: string;
  /** What is shown of the state, which may depend on the time too. */
  pill: { text: Localized; tone: Tone };
  fields: readonly RecordField[];
}

export interface RecordField {
  name: Localized;
  /** Epoch milliseconds, words, or a hash, of which the panel shows the ends. */
  value: { at: number } | { text: Localized } | { hash: string };
}

/** None for a time that the document does not have. */
export function timeField(name: Localized, at: number | undefined): RecordField[] {
  return at === undefined ? [] : [{ name, value: { at } }];
}

export type Tone = 'good' | 'bad' | 'neutral';

/** Entry and value for `id`; the first entry when there is none for it. */
export function entryFor<T>(
  choices: Readonly<Record<string, T>>,
  id: string | null,
): readonly [id: string, value: T] {
  const entries = Object.entries(choices);
  const found = entries.find(([name]) => name === id) ?? entries[0];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}

/** The compiled mini program as this provider's phones load it. */
export function bundleFile(providerId: string, { settings }: Provider): string {
  return settings === undefined ? 'app.js' : `app-${providerId}.js`;
}
