import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import type { MiniprogramBundle } from '../../../bundle/bundle';
import type { MiniprogramApp } from './app';
import { registerComponent, type ComponentGlobals } from '../glass-easel/components';
import type { ErrorLog } from '../state/error-log';
import { CodeLoader } from './code-loader';
import { ModuleRegistry } from './module-registry';
import { wxsGlobals } from './wxs-globals';
import type { PageStack } from './page-stack';
import { scriptFunction } from './script-function';

export interface MiniprogramContext {
  bundle: MiniprogramBundle;
  codeSpace: CodeSpace;
  app: MiniprogramApp;
  stack: PageStack;
  wx: Record<string, unknown>;
  date: DateConstructor;
  errors: ErrorLog;
}

const OUTSIDE_OF_ITS_SCRIPT =
  'Page() and Component() are called by the script of a page or component, while it loads';

/**
 * Runs app.js, then the pages and components that a launch needs. As in WeChat, `onLaunch` comes
 * between.
 *
 * @returns what runs the others; to be called before a page is made
 */
export function runMiniprogram(context: MiniprogramContext): (path: string) => void {
  const { bundle, codeSpace, app, errors } = context;
  let current: ComponentGlobals | undefined;
  const given = (): ComponentGlobals => {
    if (current === undefined) throw new Error(OUTSIDE_OF_ITS_SCRIPT);
    return current;
  };
  const modules = bundle.modules({
    wx: context.wx,
    global: {},
    Date: context.date,
    Function: scriptFunction({ Date: context.date }),
    App: (options: unknown) => {
      app.register(options);
    },
    getApp: () => app.instance,
    getCurrentPages: () => context.stack.pages.map((page) => page.instance),
    Page: (definition: unknown) => {
      given().Page(definition);
    },
    Component: (definition: unknown) => {
      given().Component(definition);
    },
    Behavior: (definition: unknown) => given().Behavior(definition),
  });
  const registry = new ModuleRegistry(modules, bundle.config.aliases);
  const templates = bundle.templates(wxsGlobals(context));
  errors.run('app.js', () => {
    registry.run('app');
  });
  app.launch();
  const { components } = bundle.config;
  const loader = new CodeLoader(bundle.config, (path) => {
    const entry = components[path];
    if (entry === undefined) return;
    errors.run(`${path}.js`, () => {
      registerComponent(codeSpace, path, entry, templates, (globals) => {
        current = globals;
        try {
          // Said when it is shown.
          if (entry.missing === undefined) registry.run(path);
          else globals.Page({});
        } finally {
          current = undefined;
        }
      });
    });
  });
  loader.launch();
  return (path) => {
    loader.need(path);
  };
}
