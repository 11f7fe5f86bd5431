/** What the compiler writes in Node and a phone runs in the browser: types only. */
import type { ComponentEntry } from '../../miniprogram-files/component-entry';
import type { Build } from './build';

export type Theme = 'light' | 'dark';

/** `window` of app.json, merged with the page's own JSON, theme.json's variables filled in. */
export interface WindowConfig {
  title: string;
  barColor: string;
  barText: 'black' | 'white';
  /** The page draws its own navigation bar. */
  customBar: boolean;
  /** Colour behind the page, seen while nothing covers it. */
  backgroundColor: string;
}

export interface TabBarItem {
  pagePath: string;
  text: string;
  iconPath?: string;
  selectedIconPath?: string;
}

export interface TabBarConfig {
  color: string;
  selectedColor: string;
  backgroundColor: string;
  borderStyle: 'black' | 'white';
  list: TabBarItem[];
}

export interface MiniprogramConfig {
  /** The first one is shown at launch. */
  pages: string[];
  /** A mini program that does not declare it is light on a dark phone too. */
  darkmode: boolean;
  /** `__usePrivacyCheck__`: APIs that touch privacy ask the person first. */
  privacyCheck: boolean;
  windows: Record<string, Record<Theme, WindowConfig>>;
  tabBar?: Record<Theme, TabBarConfig>;
  components: Record<string, ComponentEntry>;
}

/**
 * The scripts as one function. Its parameters are what WeChat gives a script as globals, and,
 * always `undefined`, what a browser has and WeChat's script layer lacks: code that reaches for
 * `document` or `fetch` fails here as it does there.
 */
type ScriptRunner = (
  module: { exports: Record<string, () => unknown> },
  globals: Record<string, unknown>,
) => void;

export interface MiniprogramBundle {
  config: MiniprogramConfig;
  /** The template compiler's output, by path. */
  templates: Record<string, unknown>;
  run: ScriptRunner;
}

/** The file that a phone loads: a module. */
export interface BundleModule {
  default: MiniprogramBundle;
  css: string;
  build: Build;
}
