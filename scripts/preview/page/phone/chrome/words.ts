import type { Language } from '../environment';

/** WeChat's own words on a phone. */
export interface Words {
  confirm: string;
  cancel: string;
  back: string;
  menu: string;
  close: string;
  reopen: string;
  offline: string;
  restart: string;
  dismiss: string;
}

export const WORDS: Record<Language, Words> = {
  zh_CN: {
    confirm: '确定',
    cancel: '取消',
    back: '返回',
    menu: '更多',
    close: '关闭小程序',
    reopen: '打开小程序',
    offline: '网络已断开',
    restart: '重新进入小程序',
    dismiss: '知道了',
  },
  en: {
    confirm: 'OK',
    cancel: 'Cancel',
    back: 'Back',
    menu: 'More',
    close: 'Close mini program',
    reopen: 'Open mini program',
    offline: 'No network',
    restart: 'Re-enter mini program',
    dismiss: 'Dismiss',
  },
};
