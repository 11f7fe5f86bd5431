import {
  addGlobalErrorListener,
  globalOptions,
  removeGlobalErrorListener,
  type GeneralComponent,
} from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import type { MiniprogramBundle } from '../../bundle/bundle';
import { MiniprogramApp } from './miniprogram/app';
import { PhoneBackend } from './glass-easel/backend';
import { builtIns } from './built-in';
import { BUILT_IN_PATH, defineBuiltIns } from './built-in/define';
import type { Camera } from './chrome/scan-sheet';
import { createScreen } from './chrome/screen';
import { Toast } from './chrome/toast';
import { COPY } from './chrome/copy';
import { wireChrome } from './chrome/wire';
import { prepareComponents } from './glass-easel/components';
import type { Environment } from './state/environment';
import { ErrorLog } from './state/error-log';
import { forwardGestures } from './gestures';
import { openTypes } from './open-types';
import { PageStack } from './miniprogram/page-stack';
import type { PageUrl } from './miniprogram/page-url';
import { Privacy } from './state/privacy';
import { runMiniprogram } from './miniprogram/run-miniprogram';
import { TabTexts } from './state/tab-texts';
import { TempFiles } from './state/temp-files';
import { createWx } from './wx';
import type { CloudReach } from './wx/cloud';
import type { NetworkReach } from './wx/network';
import { askForPrivacy } from './wx/privacy';
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
  const errors = new ErrorLog();
  const screen = createScreen();
  const env = new MiniProgramEnv();
  const codeSpace = env.createCodeSpace('', true);
  const space = codeSpace.getComponentSpace();
  const backend = new PhoneBackend(styleScopes(bundle), (tag, node) => {
    const path = node.ownerShadowRoot?.getHostNode().is ?? tag;
    errors.report(
      path,
      new Error(`<${tag}> is neither part of the preview nor a component in use`),
    );
  });
  const runtime = { codeSpace, backend: env.associateBackend(backend), config, errors };
  const tabs = config.tabBar?.light.list.map((tab) => tab.pagePath) ?? [];
  const stack = new PageStack(runtime, screen.pages, tabs);
  const router = new Router(config, stack, tabs);
  const app = new MiniprogramApp(entryPath, errors);
  const copy = COPY[environment.language];
  const toast = new Toast(screen.toasts);
  const { darkmode } = config;
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
    tabTexts: new TabTexts(),
    tabCount: tabs.length,
    layer: screen.dialogs,
    tempFiles: new TempFiles(),
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
  prepareComponents(codeSpace);
  const findBuiltIn = defineBuiltIns(
    codeSpace,
    builtIns({
      navigate: (openType, url) =>
        Promise.resolve().then(() => {
          router.open(openType, url);
        }),
      openTypes: openTypes(context),
      imageSource: (source) => context.tempFiles.dataUrl(source) ?? cloud.fileUrl(source),
    }),
    errors,
  );
  forwardGestures(screen.pages, { backend, findBuiltIn, errors });
  const stopChrome = wireChrome({ ...context, screen, config, restart: options.restart });
  options.container.append(screen.root);

  const wx = createWx(context);
  runMiniprogram({
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
      stopChrome();
      screen.root.remove();
    },
  };
}

function styleScopes({ config }: MiniprogramBundle): Set<string> {
  return new Set(Object.values(config.components).flatMap(({ styleScope }) => styleScope ?? []));
}

/** The page or component whose code it is: a handler of a button is its page's. */
function pathOf(component: GeneralComponent): string {
  const owner = component.ownerShadowRoot?.getHostNode();
  return component.is.startsWith(BUILT_IN_PATH) && owner ? owner.is : component.is;
}
