import type { Localized } from '../../app/preview-app';
import type { PhoneNumberAnswer } from '../shared/messages';

/** What the panel says by itself; an app brings copy of its own. */
export interface Copy {
  language: string;
  theme: string;
  themes: Record<'system' | 'light' | 'dark', string>;
  phone: (id: string) => string;
  account: string;
  provider: string;
  phoneNumber: string;
  phoneNumberAnswers: Record<PhoneNumberAnswer, string>;
  offline: string;
  restart: string;
  restartHint: string;
  buildFailed: (count: number) => string;
  lastGoodBuild: string;
  stale: string;
  unreachable: string;
  calls: string;
  webPage: string;
  showWebPage: string;
  hideWebPage: string;
  /** A phone asked it without a function. */
  phoneDatabase: string;
  printed: (lines: number) => string;
  database: string;
  otherCollections: string;
  noCollections: string;
  noDocuments: string;
  noMatches: string;
  filter: string;
  filterHint: string;
  found: (total: number) => string;
  latestOf: (shown: number, total: number) => string;
  searchedIn: (documents: number) => string;
  moreDocuments: (documents: number) => string;
  andMore: (parts: number) => string;
  noCalls: string;
  cold: string;
  warm: string;
  timer: string;
  nobody: string;
  noOperations: string;
  failed: string;
  clock: string;
  advance: Record<'hour' | 'day' | 'month', string>;
  faults: string;
  fault: Record<'none' | 'databaseLatency' | 'databaseDown', string>;
  killInstances: string;
  killInstancesHint: string;
  reset: string;
  resetHint: string;
}

const zh: Copy = {
  language: '语言',
  theme: '外观',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  phone: (id) => `手机 ${id}`,
  account: '账号',
  provider: '客户端',
  phoneNumber: '手机号',
  phoneNumberAnswers: {
    asked: '询问用户',
    noBalance: '额度用完',
    declined: '用户拒绝',
    notCertified: '小程序未认证',
    usedCode: 'code 已被使用',
  },
  offline: '断网',
  restart: '重启小程序',
  restartHint: '结束小程序再打开，本机存储保留',
  buildFailed: (count) => (count > 1 ? `编译失败，${count} 处错误` : '编译失败'),
  lastGoodBuild: '手机上仍是上一次编译成功的版本，改好保存后会自动更新。',
  stale: '数据库不可用，下面是最后一次读到的内容。',
  unreachable: '连不上本地云。',
  calls: '最近的云函数调用',
  webPage: '网页',
  showWebPage: '打开',
  hideWebPage: '收起',
  phoneDatabase: '小程序端数据库',
  printed: (lines) => `日志 ${String(lines)} 行`,
  database: '数据库',
  otherCollections: '其他集合',
  noCollections: '还没有集合。',
  noDocuments: '这个集合还没有记录。',
  noMatches: '没有符合条件的记录。',
  filter: '筛选记录',
  filterHint: '搜索，或输入查询条件 {"done": false}',
  found: (total) => `找到 ${String(total)} 条`,
  latestOf: (shown, total) => `最新 ${String(shown)} 条，共 ${String(total)} 条`,
  searchedIn: (documents) => `只搜索了最新的 ${String(documents)} 条`,
  moreDocuments: (documents) => `再显示 ${String(documents)} 条`,
  andMore: (parts) => `还有 ${String(parts)} 项`,
  noCalls: '还没有调用。',
  cold: '冷启动',
  warm: '热启动',
  timer: '定时触发器',
  nobody: '无身份',
  noOperations: '没有数据库操作',
  failed: '失败',
  clock: '云端时间',
  advance: { hour: '+1 小时', day: '+1 天', month: '+30 天' },
  faults: '数据库',
  fault: { none: '正常', databaseLatency: '慢 1 秒', databaseDown: '故障' },
  killInstances: '结束实例',
  killInstancesHint: '结束所有云函数实例：下一次调用是冷启动',
  reset: '全部重置',
  resetHint: '清空数据库、两台手机的存储、时间和故障',
};

const en: Copy = {
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  phone: (id) => `Phone ${id}`,
  account: 'Account',
  provider: 'Provider',
  phoneNumber: 'Number',
  phoneNumberAnswers: {
    asked: 'The person is asked',
    noBalance: 'No balance left',
    declined: 'The person declines',
    notCertified: 'App not certified',
    usedCode: 'Code used before',
  },
  offline: 'Offline',
  restart: 'Restart app',
  restartHint: 'Ends the mini program and opens it again; its storage stays',
  buildFailed: (count) => (count > 1 ? `The build failed: ${count} problems` : 'The build failed'),
  lastGoodBuild: 'The phones show the last build that worked, and follow once this is mended.',
  stale: 'The database is unavailable; this is what was last read.',
  unreachable: 'The local cloud cannot be reached.',
  calls: 'Latest function calls',
  webPage: 'Web page',
  showWebPage: 'Open',
  hideWebPage: 'Close',
  phoneDatabase: 'Database, by the app',
  printed: (lines) => `${String(lines)} ${lines === 1 ? 'line' : 'lines'} of log`,
  database: 'Database',
  otherCollections: 'Other collections',
  noCollections: 'No collections yet.',
  noDocuments: 'No documents in this collection yet.',
  noMatches: 'No document matches.',
  filter: 'Filter documents',
  filterHint: 'Search, or a query: {"done": false}',
  found: (total) => `${String(total)} found`,
  latestOf: (shown, total) => `latest ${String(shown)} of ${String(total)}`,
  searchedIn: (documents) => `looked in the latest ${String(documents)} only`,
  moreDocuments: (documents) => `${String(documents)} more`,
  andMore: (parts) => `and ${String(parts)} more`,
  noCalls: 'No calls yet.',
  cold: 'cold start',
  warm: 'warm',
  timer: 'Timer',
  nobody: 'No identity',
  noOperations: 'no database operation',
  failed: 'failed',
  clock: 'Cloud time',
  advance: { hour: '+1 hour', day: '+1 day', month: '+30 days' },
  faults: 'Database',
  fault: { none: 'Normal', databaseLatency: 'Slow, 1 s', databaseDown: 'Down' },
  killInstances: 'End instances',
  killInstancesHint: 'Ends every function instance: the next call starts cold',
  reset: 'Reset everything',
  resetHint: 'Empties the database and both phones, and clears clock and faults',
};

export const COPY: Localized<Copy> = { zh, en };
