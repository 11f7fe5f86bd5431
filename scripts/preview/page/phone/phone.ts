import {
  addGlobalErrorListener,
  addGlobalWarningListener,
  globalOptions,
  removeGlobalErrorListener,
  removeGlobalWarningListener,
  type GeneralComponent,
} from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { pathFromRoot } from '../../../miniprogram-files/path-from-root';
import type { MiniprogramBundle, Theme } from '../../bundle/bundle';
import { MiniprogramApp } from './miniprogram/app';
import { PhoneBackend } from './glass-easel/backend';
import { builtIns, knownElements } from './built-in';
import { BUILT_IN_PATH, defineBuiltIns } from './built-in/define';
import type { Camera } from './chrome/scan-sheet';
import { createScreen } from './chrome/screen';
import { sharing } from './chrome/share';
import { turnWheels } from './chrome/wheel-sheet';
import { Toast } from './chrome/toast';
import { COPY } from './chrome/copy';
import { wireChrome } from './chrome/wire';
import { prepareComponents } from './glass-easel/components';
import { installIntersectionObservers } from './glass-easel/intersection-observer';
import { installSelectorQueries } from './glass-easel/selector-query';
import { installAnimate } from './miniprogram/animate';
import type { Environment } from './state/environment';
import { ErrorLog } from './state/error-log';
import { forwardGestures } from './gestures';
import { openTypes } from './open-types';
import { installTabBars } from './miniprogram/custom-tab-bar';
import { PageStack } from './miniprogram/page-stack';
import type { PageUrl } from './miniprogram/page-url';
import { Permissions } from './state/permissions';
import { Privacy } from './state/privacy';
import { sourcePlaces } from './state/source-place';
import { runMiniprogram } from './miniprogram/run-miniprogram';
import { TabBarState } from './state/tab-bar-state';
import { TempFiles } from './state/temp-files';
import { createWx } from './wx';
import type { CloudReach } from './wx/cloud';
import type { NetworkReach } from './wx/network';
import { askForPrivacy } from './wx/privacy';
import { askForScope } from './wx/settings';
import { Router } from './miniprogram/router';
import type { KeyValueStore } from './wx/storage';

export interface PhoneOptions {
  bundle: MiniprogramBundle;
  /** Where the phone draws its screen. */
  container: HTMLElement;
  environment: Environment;
  store: KeyValueStore;
  cloud: CloudReach;
  network: NetworkReach;
  /** Of the person whose phone it is; the first is the one that WeChat knows. */
  phoneNumbers: readonly string[];
  /** What is in front of the phone. Default: nothing, ever. */
  camera?: Camera;
  /** The pages to begin with, the last one on the screen. Default: the entry page. */
  pages?: readonly PageUrl[];
  /** The person asks WeChat to kill the app and open it again. */
  restart: () => void;
}

/** A running mini program on a phone of its own. */
export interface Phone {
  readonly screen: HTMLElement;
  readonly environment: Environment;
  readonly stack: PageStack;
  readonly app: MiniprogramApp;
  readonly errors: ErrorLog;
  /** To the background and back. */
  hide(): void;
  show(): void;
  close(): void;
}

export function startPhone(options: PhoneOptions): Phone {
  const { bundle, environment, store, cloud, network, phoneNumbers } = options;
  const { config } = bundle;
  const [entryPath = ''] = config.pages;
  // Labels refer to other elements by id.
  globalOptions.writeIdToDOM = true;
  // What WeChat has no component object of its own for: a property may be called `dataset`.
  globalOptions.writeFieldsToNode = false;
  const errors = new ErrorLog(sourcePlaces(bundle));
  const screen = createScreen();
  const env = new MiniProgramEnv();
  const codeSpace = env.createCodeSpace('', true);
  const space = codeSpace.getComponentSpace();
  const unknownTags = new Set<string>();
  const backend = new PhoneBackend(styleScopes(bundle), (tag, node) => {
    const path = node.ownerShadowRoot?.getHostNode().is ?? tag;
    const why = config.components[path]?.absent?.[tag];
    const place = `[${path}] <${tag}>`;
    if (unknownTags.has(place)) return;
    unknownTags.add(place);
    if (why !== undefined) errors.report(path, new Error(`<${tag}>: ${why}`));
    // WeChat says no more either, and shows what is in it.
    else console.warn(`${place}: no element of WeChat's, and no component in use`);
  });
  let prepare: (path: string) => void = () => undefined;
  const runtime = {
    codeSpace,
    backend: env.associateBackend(backend),
    config,
    errors,
    prepare: (path: string) => {
      prepare(path);
    },
  };
  const tabs = config.tabBar?.light.list.map((tab) => tab.pagePath) ?? [];
  const stack = new PageStack(runtime, screen.pages, tabs);
  const router = new Router(config, stack, tabs);
  const app = new MiniprogramApp(entryPath, errors);
  const copy = COPY[environment.language];
  const toast = new Toast(screen.toasts);
  const { darkmode } = config;
  const tempFiles = new TempFiles();
  const pictureUrl = (source: string): string =>
    tempFiles.dataUrl(source) ??
    cloud.fileUrl(source) ??
    (/^(https?:|data:|blob:)/.test(source)
      ? source
      : `miniprogram/${pathFromRoot(source, stack.pages.at(-1)?.path ?? '')}`);
  const theme = (): Theme => (darkmode ? environment.theme : 'light');
  const context = {
    app,
    stack,
    router,
    environment,
    errors,
    store,
    cloud,
    network,
    phoneNumbers,
    camera: options.camera ?? (() => Promise.resolve(undefined)),
    darkmode,
    toast,
    copy,
    tabBarState: new TabBarState(),
    tabCount: tabs.length,
    layer: screen.dialogs,
    tempFiles,
    pictureUrl,
    clipboard: { text: '' },
    permissions: new Permissions((scope) => askForScope(screen.dialogs, copy, scope)),
    pageHeight: () => stack.pages.at(-1)?.scroller.clientHeight,
    share: sharing({
      stack,
      layer: screen.dialogs,
      copy,
      pageTitle: () => stack.current.title ?? stack.current.window(theme()).title,
      pictureUrl,
    }),
    privacy: new Privacy(config.privacyCheck, () => askForPrivacy(screen.dialogs, copy)),
  };

  const reportFrom = (
    error: unknown,
    during?: string,
    component?: GeneralComponent | string,
  ): false => {
    if (typeof component !== 'object') errors.report(component ?? during ?? 'a template', error);
    else if (component.getRootBehavior().ownerSpace === space)
      errors.report(pathOf(component), error);
    return false;
  };
  addGlobalErrorListener(reportFrom);
  addGlobalWarningListener(isOfNoUse);
  prepareComponents(codeSpace);
  installSelectorQueries();
  installIntersectionObservers();
  installAnimate();
  installTabBars();
  environment.themeChanged.add((changed) => {
    if (darkmode) app.changeTheme(changed);
  });
  const opens = openTypes(context);
  const elements = builtIns({
    navigate: (openType, url) =>
      Promise.resolve().then(() => {
        router.open(openType, url);
      }),
    openTypes: opens,
    imageSource: (source) => tempFiles.dataUrl(source) ?? cloud.fileUrl(source),
    turnWheels: (request) => turnWheels(screen.dialogs, copy, request),
    now: () => new Date(environment.now()),
    unknownPerson: copy.unknownPerson,
    notDrawn: copy.notDrawn,
  });
  const findBuiltIn = defineBuiltIns(codeSpace, elements, errors);
  forwardGestures(screen.pages, { backend, findBuiltIn, errors });
  const stopChrome = wireChrome({ ...context, screen, config, restart: options.restart });
  if (config.styleV2) screen.root.dataset['wxStyle'] = 'v2';
  options.container.append(screen.root);

  const wx = createWx({ ...context, elements: knownElements(elements, opens) });
  prepare = runMiniprogram({
    bundle,
    codeSpace,
    app,
    stack,
    wx,
    date: environment.dateOfThisPhone(),
    errors,
  });
  app.show();
  errors.run(entryPath, () => {
    stack.reopen(router.reachable(options.pages ?? []));
  });
  return {
    screen: screen.root,
    environment,
    stack,
    app,
    errors,
    hide: () => {
      stack.current.hide({ covered: false });
      app.hide();
    },
    show: () => {
      app.show();
      stack.current.show();
    },
    close: () => {
      removeGlobalErrorListener(reportFrom);
      removeGlobalWarningListener(isOfNoUse);
      stopChrome();
      screen.root.remove();
    },
  };
}

/** WeChat's elements take more than is drawn here; nobody needs to hear of it. */
function isOfNoUse(message: string): boolean {
  return !message.endsWith('is not a valid property');
}

function styleScopes({ config }: MiniprogramBundle): Set<string> {
  return new Set(Object.values(config.components).flatMap(({ styleScope }) => styleScope ?? []));
}

/** The page or component whose code it is: a handler of a button is its page's. */
function pathOf(component: GeneralComponent): string {
  const owner = component.ownerShadowRoot?.getHostNode();
  return component.is.startsWith(BUILT_IN_PATH) && owner ? owner.is : component.is;
}
