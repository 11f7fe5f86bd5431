/** Which account an operator means, by what they know about a person. */
import {
  decodeIdentity,
  E164,
  ownAccount,
  ownIdentityId,
  phoneIdentityId,
  PolicyError,
  readIdentityKey,
  type AccountId,
  type IdentityId,
  type Owner,
} from '#functions/operators';
import { CommandError, UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import type { OperatorDatabase } from './database';

/** What somebody is known by. Exactly one of the three. */
export interface WhoseOptions {
  openid?: string;
  /** Whose OPENID that is. */
  appid?: string;
  account?: string;
  phone?: string;
}

export type Whose =
  | { by: 'openid'; owner: Owner }
  | { by: 'account'; account: AccountId }
  | { by: 'phone'; id: IdentityId };

export interface WhoseDefaults {
  appid: string;
  environment: Readonly<Record<string, string | undefined>>;
}

const OPENID = /^[\w-]{1,128}$/;
/** `appid:openid`, or 24 random bytes. */
const ACCOUNT = /^([\w.-]+:[\w-]+|[\w-]{32})$/;

/** Needs no database. @throws UsageError */
export function decodeWhose(options: WhoseOptions, defaults: WhoseDefaults): Whose {
  const { openid, appid, account, phone } = options;
  const given = [openid, account, phone].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      text({
        zh: '请用 --openid、--account、--phone 中的一个说明是谁。',
        en: 'Say who is meant, by one of --openid, --account and --phone.',
      }),
    );
  }
  if (appid !== undefined && openid === undefined) {
    throw new UsageError(
      text({ zh: '--appid 要和 --openid 一起用。', en: '--appid goes with --openid.' }),
    );
  }
  if (openid !== undefined) return byOpenid(openid, appid ?? defaults.appid);
  if (account !== undefined) {
    if (ACCOUNT.test(account)) return { by: 'account', account: account as AccountId };
    throw new UsageError(
      text({
        zh: `--account 必须是 show 里显示的账号，APPID:OPENID 或 32 个字符，不能是“${account}”。`,
        en: `--account must be what "show" calls the account, APPID:OPENID or 32 characters, not ${JSON.stringify(account)}.`,
      }),
    );
  }
  return byPhone(phone ?? '', defaults.environment);
}

function byOpenid(openid: string, appid: string): Whose {
  if (!OPENID.test(openid)) {
    throw new UsageError(
      text({
        zh: `--openid 必须是 OPENID，由字母、数字、- 和 _ 组成，不能是“${openid}”。`,
        en: `--openid must be an OPENID, letters, digits, - and _, not ${JSON.stringify(openid)}.`,
      }),
    );
  }
  if (!/^[\w.-]+$/.test(appid)) {
    throw new UsageError(
      text({
        zh: '还不知道这个 OPENID 属于哪个小程序：请把 appid 填入 project.config.json，或用 --appid 指定。',
        en: 'It is not known which mini program the OPENID is of: put its appid into project.config.json, or pass --appid.',
      }),
    );
  }
  return { by: 'openid', owner: { openid, appid } };
}

function byPhone(phone: string, environment: WhoseDefaults['environment']): Whose {
  const digits = phone.replaceAll(/[\s-]/g, '');
  const number = /^1\d{10}$/.test(digits) ? `+86${digits}` : digits;
  if (!E164.test(number)) {
    throw new UsageError(
      text({
        zh: `--phone 必须是手机号，如 13800005678；其他国家和地区的如 +85251234567；不能是“${phone}”。`,
        en: `--phone must be a number like 13800005678 or, of another country, +85251234567, not ${JSON.stringify(phone)}.`,
      }),
    );
  }
  return { by: 'phone', id: phoneIdentityId(number, identityKeyIn(environment)) };
}

function identityKeyIn(environment: WhoseDefaults['environment']): string {
  try {
    const key = readIdentityKey(environment, { signInMethods: ['wechat', 'phone'] });
    if (/^[\s"'<]|[\s"'>]$/.test(key)) {
      throw new UsageError(
        text({
          zh: 'IDENTITY_KEY 看起来不对：首尾有空格、引号或尖括号。请只填密钥本身。',
          en: 'IDENTITY_KEY looks wrong: it begins or ends with a space, a quote or a bracket. Set it to the key itself.',
        }),
      );
    }
    return key;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new UsageError(
      text({
        zh: '不能按手机号查找：没有设置 IDENTITY_KEY，或者它太短。请设为这次部署所用的密钥。',
        en: `Nobody can be found by their number: ${error.message}. Set it to the key of this deployment.`,
      }),
      { cause: error },
    );
  }
}

/** `undefined`: nobody has linked the phone number. */
export async function findAccount(
  db: OperatorDatabase,
  whose: Whose,
): Promise<AccountId | undefined> {
  if (whose.by === 'account') return whose.account;
  const ids = whose.by === 'phone' ? [whose.id] : founderIds(whose.owner);
  const [identity] = await findIdentities(db, { _id: ids });
  return identity?.account ?? (whose.by === 'openid' ? ownAccount(whose.owner) : undefined);
}

/** The appid says which of the two it is. */
export const founderIds = (owner: Owner): IdentityId[] => [
  ownIdentityId(owner, 'wechat'),
  ownIdentityId(owner, 'qq'),
];

/** The oldest first. */
export async function findIdentities(
  db: OperatorDatabase,
  where: { _id: readonly IdentityId[] } | { account: AccountId },
) {
  const documents = await db.find('identities', where);
  try {
    return documents
      .map(decodeIdentity)
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CommandError(
      text({
        zh: `集合 identities 里有一条记录损坏了（${cause.message}）：请在控制台修好或删除它。`,
        en: `A document of the collection identities was spoiled (${cause.message}): repair it in the console, or remove it.`,
      }),
      { cause },
    );
  }
}
