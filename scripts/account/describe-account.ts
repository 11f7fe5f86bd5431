/**
 * An account as it is shown, for people and for programs: no tokens, no hashes, and no OPENID but
 * the one that an account's key may have in it.
 */
import { visibleText, type IdentityKind, type SignIn } from '#functions/operators';
import type { AccountState, Block } from './read-account';

/** Times are epoch milliseconds, as in the contract. */
export function accountForPrograms(state: AccountState): object {
  const { account, isKnown, blocked, waysIn, sessions, signIns } = state;
  return {
    account,
    isKnown,
    blocked: blocked === undefined ? null : blockForPrograms(blocked),
    waysIn: waysIn.map(({ kind, label, linkedAt }) => ({
      ...{ kind, label },
      ...(linkedAt && { linkedAt: linkedAt.getTime() }),
    })),
    sessions: sessions.map(({ device, signedInBy = 'wechat', client, createdAt, ...times }) => ({
      ...{ device, signedInBy },
      ...(client && { site: client }),
      createdAt: createdAt.getTime(),
      renewedAt: times.renewedAt.getTime(),
      expiresAt: times.expiresAt.getTime(),
    })),
    signIns: signIns.map(({ at, kind, device, refused }) => ({
      ...{ at: at.getTime(), kind, device: { name: device.name, platform: device.platform } },
      ...(refused !== undefined && { refused }),
    })),
  };
}

export function blockForPrograms({ blockedAt, reason }: Block): object {
  return {
    ...(blockedAt && { blockedAt: blockedAt.getTime() }),
    ...(reason !== undefined && { reason }),
  };
}

/** In lines. */
export function describeAccount(state: AccountState): string {
  const { account, isKnown, blocked, waysIn, sessions, signIns } = state;
  const blocks = section('Blocked', [blocked === undefined ? 'no' : describeBlock(blocked)]);
  if (!isKnown) {
    const nobody = `${account}: nobody has signed in to it, or what was known about it has expired or was deleted.`;
    return [nobody, ...(blocked === undefined ? [] : blocks)].join('\n');
  }
  return [
    ...section('Account', [account]),
    ...blocks,
    ...section(
      'Ways in',
      waysIn.map(({ kind, label, linkedAt }) =>
        [nameOf(kind), shown(label), linkedAt ? `linked ${timeOf(linkedAt)}` : 'who founded it']
          .filter((part) => part !== '')
          .join(', '),
      ),
      'none',
    ),
    ...section(
      'Signed in',
      sessions.map(
        ({ device, signedInBy = 'wechat', client, createdAt, renewedAt }) =>
          `${deviceOf(device)}${client ? ` on the site ${shown(client.name)}` : ''}, by ${nameOf(signedInBy)}, since ${timeOf(createdAt)}, last used ${timeOf(renewedAt)}`,
      ),
      'nowhere',
    ),
    ...section('Sign-ins', signIns.map(describeSignIn)),
  ].join('\n');
}

/** `since 2026-01-15T08:00:00Z, for spam` */
export function describeBlock({ blockedAt, reason }: Block): string {
  const since = blockedAt ? `since ${timeOf(blockedAt)}` : 'at an unknown time';
  return reason === undefined ? since : `${since}: ${shown(reason)}`;
}

function describeSignIn({ at, kind, device, refused }: SignIn): string {
  const taken = `${timeOf(at)} by ${nameOf(kind)}, ${deviceOf(device)}`;
  return refused === undefined ? taken : `${taken}, refused: ${shown(refused)}`;
}

const NAMES = new Map<string, string>(
  Object.entries({
    wechat: 'WeChat',
    qq: 'QQ',
    phone: 'phone number',
    password: 'password',
  } satisfies Record<IdentityKind, string>),
);

/** @param kind as a document has it */
const nameOf = (kind: string): string => NAMES.get(kind) ?? shown(kind);

const WIDTH = 'Signed in'.length + 3;

function section(name: string, lines: readonly string[], none?: string): string[] {
  const all = lines.length > 0 || none === undefined ? lines : [none];
  return all.map((line, at) => `${(at === 0 ? name : '').padEnd(WIDTH)}${line}`);
}

function deviceOf({ name, platform }: { name: string; platform: string }): string {
  const device = shown(name) || 'a device without a name';
  return platform === '' ? device : `${device} (${shown(platform)})`;
}

/** Others wrote it: a terminal must not obey it. */
const shown = (text: string): string => visibleText(text).trim();

/** To the second. */
const timeOf = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');
