import type { Platform } from '../../this-app/people';

export type PanelLanguage = 'zh' | 'en';

export interface Texts {
  title: string;
  tryIt: [string, string];
  language: string;
  theme: string;
  themes: Record<'system' | 'light' | 'dark', string>;
  phone: (id: string) => string;
  account: string;
  platform: string;
  platforms: Record<Platform, string>;
  offline: string;
  restart: string;
  restartHint: string;
  sessions: string;
  sessionsNote: string;
  noSessions: string;
  stale: string;
  unreachable: string;
  states: Record<'active' | 'revoked' | 'expired', string>;
  fields: Record<
    'createdAt' | 'renewedAt' | 'expiresAt' | 'absoluteExpiresAt' | 'revokedAt' | 'tokenHash',
    string
  >;
  calls: string;
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

const zh: Texts = {
  title: '微信云开发 · 登录会话',
  tryIt: [
    '先在左边登录，再到右边登录：同一个人只有一个会话，左边会被顶下线。',
    '再试试断网、数据库故障，或把时间拨快 30 天，看看谁还在登录。',
  ],
  language: '语言',
  theme: '外观',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  phone: (id) => `手机 ${id}`,
  account: '账号',
  platform: '平台',
  platforms: { wechat: '微信', qq: 'QQ' },
  offline: '断网',
  restart: '重启小程序',
  restartHint: '结束小程序再打开，本机存储保留',
  sessions: '云端的会话',
  sessionsNote: '只存令牌的哈希，不存令牌本身：即使数据库泄露，也没有人能凭它登录。',
  noSessions: '还没有会话。在任意一台手机上登录试试。',
  stale: '数据库不可用，下面是最后一次读到的内容。',
  unreachable: '连不上本地云。',
  states: { active: '有效', revoked: '已撤销', expired: '已过期' },
  fields: {
    createdAt: '登录',
    renewedAt: '续期',
    expiresAt: '闲置到期',
    absoluteExpiresAt: '最晚到期',
    revokedAt: '撤销',
    tokenHash: '令牌哈希',
  },
  calls: '最近的云函数调用',
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

const en: Texts = {
  title: 'WeChat cloud sessions',
  tryIt: [
    'Sign in on the left, then on the right: the left phone is signed out, and told why.',
    'Then cut the network or the database, or move the clock 30 days ahead.',
  ],
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  phone: (id) => `Phone ${id}`,
  account: 'Account',
  platform: 'Platform',
  platforms: { wechat: 'WeChat', qq: 'QQ' },
  offline: 'Offline',
  restart: 'Restart app',
  restartHint: 'Ends the mini program and opens it again; its storage stays',
  sessions: 'Sessions in the cloud',
  sessionsNote:
    'Only a hash of each token is stored, never the token: nobody can sign in with a copy of this database.',
  noSessions: 'No sessions yet. Sign in on either phone.',
  stale: 'The database is unavailable; this is what was last read.',
  unreachable: 'The local cloud cannot be reached.',
  states: { active: 'Active', revoked: 'Revoked', expired: 'Expired' },
  fields: {
    createdAt: 'Signed in',
    renewedAt: 'Renewed',
    expiresAt: 'Idle until',
    absoluteExpiresAt: 'Ends by',
    revokedAt: 'Revoked',
    tokenHash: 'Token hash',
  },
  calls: 'Latest function calls',
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

export const TEXTS: Record<PanelLanguage, Texts> = { zh, en };
