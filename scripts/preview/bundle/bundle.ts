/** What the compiler writes in Node and a phone runs in the browser: types only. */
import type { template } from 'glass-easel';
import type { ComponentEntry } from '../../miniprogram-files/component-entry';
import type { PathAliases } from '../../miniprogram-files/module-paths';
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
  /** The person may pull the page down to refresh it. */
  pullDownRefresh: boolean;
  /** The colour of the dots above it then. */
  refreshDots: 'dark' | 'light';
  /** How near its end a page is told of it. */
  reachBottomPx: number;
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
  /** The mini program draws it, by its component `custom-tab-bar/index`. */
  custom: boolean;
  list: TabBarItem[];
}

export interface MiniprogramConfig {
  /** The first one is shown at launch. */
  pages: string[];
  /** A mini program that does not declare it is light on a dark phone too. */
  darkmode: boolean;
  /** `"style": "v2"`: WeChat's elements look as they do since 2019. */
  styleV2: boolean;
  /** `__usePrivacyCheck__`: APIs that touch privacy ask the person first. */
  privacyCheck: boolean;
  windows: Record<string, Record<Theme, WindowConfig>>;
  tabBar?: Record<Theme, TabBarConfig>;
  components: Record<string, ComponentEntry>;
  /** Where the subpackages begin, each with a slash at its end: `packages/shop/`. */
  packages: string[];
  /** `"lazyCodeLoading": "requiredComponents"`: a script runs when a page first needs it. */
  lazyCode: boolean;
  /** `resolveAlias`: `"~/*"` to `"/*"`. */
  aliases: PathAliases;
}

/**
 * Every script by its path from the root. The parameter is what WeChat gives a script as globals.
 * What a browser has and WeChat's script layer lacks is always `undefined` inside: code that reaches
 * for `document` or `fetch` fails here as it does there.
 */
export type ModuleMaker = (globals: Record<string, unknown>) => Record<string, ModuleBody>;

export type ModuleBody = (
  module: { exports: unknown },
  exports: unknown,
  require: (request: string) => unknown,
) => void;

/** A script in the bundle's file, and where it was written. */
export interface ScriptPlace {
  file: string;
  /** Where it begins in the bundle's file, from 1. */
  line: number;
  /** The line that each of its lines was written in; absent: it stands as it was written. */
  lines?: number[];
}

/**
 * The template compiler's output, by path. WXS run at once; the parameter is what they find as
 * globals beside those of JavaScript, and who is told of one that fails.
 */
export type TemplateMaker = (globals: {
  getRegExp: (pattern: string, flags?: string) => RegExp;
  getDate: (...args: never[]) => Date;
  /** `'Array'` for an array: what WXS calls its constructor. */
  wxsConstructor: (value: unknown) => unknown;
  wxsFailed: (file: string, error: unknown) => void;
  /** Told what each WXS exports. */
  wxsExported: (exports: unknown) => void;
  /** Calls what the template binds to an event: a function of a WXS, or a method. */
  wxsHeard: template.EventListenerWrapper;
  /** What is called for a function of a WXS, where `change:` of the template names it. */
  wxsObserver: template.ChangePropFilter;
}) => Record<string, unknown>;

export interface MiniprogramBundle {
  config: MiniprogramConfig;
  templates: TemplateMaker;
  modules: ModuleMaker;
  /** In the order of the file. */
  places: ScriptPlace[];
  /** A stack whose first place is in the bundle's own file. */
  stack: string;
}

/** What the file that a phone loads leaves in `BUNDLE_GLOBAL`. */
export interface LoadedBundle extends MiniprogramBundle {
  css: string;
  build: Build;
}
