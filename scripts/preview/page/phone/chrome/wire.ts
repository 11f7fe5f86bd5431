import type { MiniprogramConfig } from '../../../bundle/bundle';
import type { MiniprogramApp } from '../miniprogram/app';
import type { Environment } from '../state/environment';
import type { ErrorLog } from '../state/error-log';
import type { PageStack } from '../miniprogram/page-stack';
import type { TabBarState } from '../state/tab-bar-state';
import type { Router } from '../miniprogram/router';
import { showActionSheet } from './action-sheet';
import { showErrors } from './error-strip';
import { showHomeScreen } from './home-screen';
import { NavigationBar } from './navigation-bar';
import type { Screen } from './screen';
import type { Share } from './share';
import { showStatusBar } from './status-bar';
import { showTabBar } from './tab-bar';
import type { Copy } from './copy';

export interface ChromeContext {
  screen: Screen;
  config: MiniprogramConfig;
  environment: Environment;
  app: MiniprogramApp;
  stack: PageStack;
  router: Router;
  errors: ErrorLog;
  copy: Copy;
  tabBarState: TabBarState;
  restart: () => void;
  share: Share;
}

/**
 * Keeps everything around the pages in step with them.
 *
 * @returns a function that stops it
 */
export function wireChrome(context: ChromeContext): () => void {
  const { screen, config, environment, stack, router, errors, copy, app, tabBarState } = context;
  const theme = (): 'light' | 'dark' => (config.darkmode ? environment.theme : 'light');
  const title = (): string => stack.current.title ?? stack.current.window(theme()).title;
  const bar = new NavigationBar(screen.navigationBar, copy, {
    back: () => {
      router.back(1);
    },
    openMenu: () => {
      const page = stack.current;
      const items = [
        ...(page.canBeShared && page.has('onShareAppMessage')
          ? [{ text: copy.forward, run: () => void context.share({ from: 'menu' }) }]
          : []),
        { text: copy.restart, run: context.restart },
      ];
      const texts = items.map(({ text }) => text);
      void showActionSheet(screen.dialogs, texts, copy.cancel).then((chosen) => {
        if (chosen !== undefined) items[chosen]?.run();
      });
    },
    close: () => {
      stack.current.hide({ covered: false });
      app.hide();
      showHomeScreen(screen.dialogs, title(), copy, () => {
        app.show();
        stack.current.show();
      });
    },
  });
  const refresh = (): void => {
    screen.root.dataset['theme'] = theme();
    screen.root.lang = environment.language === 'en' ? 'en' : 'zh-CN';
    if (stack.pages.length === 0) return;
    const page = stack.current;
    bar.show({
      window: page.window(theme()),
      title: title(),
      canGoBack: stack.pages.length > 1,
      loading: page.barLoading,
    });
    screen.tabBar.hidden = true;
    if (config.tabBar && !config.tabBar.light.custom) {
      showTabBar(screen.tabBar, config.tabBar[theme()], page.path, tabBarState, (path) => {
        errors.run('the tab bar', () => {
          router.open('switchTab', `/${path}`);
        });
      });
    }
  };
  refresh();
  stack.changed.add(refresh);
  tabBarState.changed.add(refresh);
  environment.themeChanged.add(refresh);
  showErrors(screen.errors, errors, copy);
  return showStatusBar(screen.statusBar, environment, copy);
}
