/**
 * An account as people are shown it: no tokens, no hashes, and no OPENID but the one that an
 * account's key may have in it.
 */
import { visibleText, type IdentityKind, type Session, type SignIn } from '#functions/operators';
import { displayWidth } from '../lib/display-width';
import { text, type Text } from '../lib/language';
import type { AccountState, Block } from './read-account';

/** In lines. */
export function describeAccount(state: AccountState): string {
  const { account, isKnown, blocked, waysIn, sessions, signIns } = state;
  const isBlocked = blocked === undefined ? text({ zh: '否', en: 'no' }) : describeBlock(blocked);
  const blocks = section({ zh: '停用', en: 'Blocked' }, [isBlocked]);
  if (!isKnown) {
    return [describeUnknown(account), ...(blocked === undefined ? [] : blocks)].join('\n');
  }
  return [
    ...section({ zh: '账号', en: 'Account' }, [account]),
    ...blocks,
    ...section({ zh: '登录方式', en: 'Ways in' }, waysIn.map(describeWayIn), {
      zh: '没有',
      en: 'none',
    }),
    ...section({ zh: '登录着', en: 'Signed in' }, sessions.map(describeSession), {
      zh: '没有',
      en: 'nowhere',
    }),
    ...section({ zh: '登录记录', en: 'Sign-ins' }, signIns.map(describeSignIn)),
  ].join('\n');
}

export function describeUnknown(account: string): string {
  return text({
    zh: `${account}：没有人登录过这个账号，或者它的记录已经过期、被删除。`,
    en: `${account}: nobody has signed in to it, or what was known about it has expired or was deleted.`,
  });
}

/** `since 2026-01-15T08:00:00Z: spam` */
export function describeBlock({ blockedAt, reason }: Block): string {
  const since =
    blockedAt === undefined
      ? text({ zh: '时间未知', en: 'at an unknown time' })
      : text({ zh: `始于 ${timeOf(blockedAt)}`, en: `since ${timeOf(blockedAt)}` });
  if (reason === undefined) return since;
  return text({ zh: `${since}，原因：${shown(reason)}`, en: `${since}: ${shown(reason)}` });
}

function describeWayIn({ kind, label, linkedAt }: AccountState['waysIn'][number]): string {
  const when =
    linkedAt === undefined
      ? text({ zh: '账号的创建者', en: 'who founded it' })
      : text({ zh: `绑定于 ${timeOf(linkedAt)}`, en: `linked ${timeOf(linkedAt)}` });
  return [nameOf(kind), shown(label), when].filter((part) => part !== '').join(comma());
}

function describeSession({ device, signedInBy, client, createdAt, renewedAt }: Session): string {
  const [where, way] = [deviceOf(device), nameOf(signedInBy ?? 'wechat')];
  const site = client && shown(client.name);
  const [since, last] = [timeOf(createdAt), timeOf(renewedAt)];
  return text({
    zh: `${where}${site === undefined ? '' : `，网站 ${site}`}，以${way}登录，始于 ${since}，最近使用 ${last}`,
    en: `${where}${site === undefined ? '' : ` on the site ${site}`}, by ${way}, since ${since}, last used ${last}`,
  });
}

function describeSignIn({ at, kind, device, refused }: SignIn): string {
  const [time, way, where] = [timeOf(at), nameOf(kind), deviceOf(device)];
  const taken = text({ zh: `${time} 以${way}登录，${where}`, en: `${time} by ${way}, ${where}` });
  if (refused === undefined) return taken;
  return text({
    zh: `${taken}，被拒绝：${shown(refused)}`,
    en: `${taken}, refused: ${shown(refused)}`,
  });
}

const NAMES = new Map<string, Text>(
  Object.entries({
    wechat: { zh: '微信', en: 'WeChat' },
    qq: { zh: 'QQ', en: 'QQ' },
    phone: { zh: '手机号', en: 'phone number' },
    password: { zh: '密码', en: 'password' },
  } satisfies Record<IdentityKind, Text>),
);

/** @param kind as a document has it */
function nameOf(kind: string): string {
  const name = NAMES.get(kind);
  return name === undefined ? shown(kind) : text(name);
}

const comma = (): string => text({ zh: '，', en: ', ' });

/** Columns. */
const WIDTH = 12;

function section(name: Text, lines: readonly string[], none?: Text): string[] {
  const all = lines.length > 0 || none === undefined ? lines : [text(none)];
  return all.map((line, at) => {
    const title = at === 0 ? text(name) : '';
    return `${title}${' '.repeat(WIDTH - displayWidth(title))}${line}`;
  });
}

function deviceOf({ name, platform }: { name: string; platform: string }): string {
  const device = shown(name) || text({ zh: '没有名字的设备', en: 'a device without a name' });
  if (platform === '') return device;
  return text({ zh: `${device}（${shown(platform)}）`, en: `${device} (${shown(platform)})` });
}

/** Others wrote it: a terminal must not obey it. */
const shown = (given: string): string => visibleText(given).trim();

/** To the second. */
const timeOf = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');
