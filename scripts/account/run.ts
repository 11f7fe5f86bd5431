/** The command from its options to its exit code; what is outside of the project is passed in. */
import { coloursOn } from '../lib/colours';
import type { AccountId, SessionPolicy } from '#functions/operators';
import type { Credentials } from '../deploy';
import { CommandError, UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import { MOSTLY_QUICK, showProgress } from '../lib/progress';
import { IDENTITY_KEY, LOCAL_IDENTITY_KEY } from '../project/identity-key';
import { APPID_PLACEHOLDER, readAppid } from '../project/project-settings';
import type { Resources } from '../project/resources';
import { block, signOut, unblock } from './change-account';
import type { OperatorDatabase, Place } from './database';
import { describeAccount, describeBlock, describeUnknown } from './describe-account';
import { placeOf } from './place';
import { readAccount } from './read-account';
import { policyOf } from './policy';
import { reportedBlock, shownAccount, type AccountReports, type ReportFrame } from './report';
import { decodeWhose, findAccount, type Whose, type WhoseOptions } from './whose';

export type Action = keyof AccountReports;

/** What `--json` prints. */
type AccountReport = ReportFrame & AccountReports[Action];

export interface AccountOptions extends WhoseOptions {
  /** The id of the environment; default: the one in miniprogram/config.ts. */
  env?: string;
  /** The local cloud instead; `true`: where it is by default. */
  local?: string | true;
  reason?: string;
  json?: boolean;
  /** Don't ask first. */
  yes?: boolean;
}

export interface AccountContext {
  /** Of the project. */
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Both are absent where there is nobody to ask. */
  askForCredentials?: () => Promise<Credentials>;
  confirm?: (question: string) => Promise<boolean>;
  resources: () => Resources;
  open: (place: Place) => OperatorDatabase;
  now: () => Date;
  /** With `--json`, in the place of `say`. */
  answer: (report: AccountReport) => void;
  say: (line: string) => void;
  complain: (line: string) => void;
}

/** The exit code where there is nothing to be shown. */
const NOT_THERE = 1;
/** Characters. */
const MAX_REASON_LENGTH = 500;

/**
 * Resolves to the exit code.
 *
 * @throws CommandError
 */
export async function runAccount(
  action: Action,
  options: AccountOptions,
  context: AccountContext,
): Promise<number> {
  refuseWhatDoesNotFit(action, options, context);
  const whose = decodeWhose(options, defaultsOf(options, context));
  const policy = policyOf(context.resources().functions, context.environment);
  const db = context.open(await placeOf(options, context));
  const asking = text({ zh: '正在查找账号', en: 'Looking for the account' });
  const account = await showProgress(asking, () => findAccount(db, whose), MOSTLY_QUICK);
  if (account === undefined) return sayNobody(action, options, context);
  const doing: Doing = { account, db, policy, options, context };
  return DO[action](doing, whose);
}

interface Doing {
  account: AccountId;
  db: OperatorDatabase;
  policy: SessionPolicy;
  options: AccountOptions;
  context: AccountContext;
}

const DO: Readonly<Record<Action, (doing: Doing, whose: Whose) => Promise<number>>> = {
  async show({ account, db, policy, options, context }) {
    const state = await readAccount(db, account, policy, context.now());
    const isThere = state.isKnown || state.blocked !== undefined;
    tell({ ok: isThere, ...shownAccount(state) }, describeAccount(state), options, context);
    return isThere ? 0 : NOT_THERE;
  },
  async 'sign-out'(doing) {
    const { account, db, policy, options, context } = doing;
    const question = { zh: '要结束它的全部会话吗？', en: 'Sign out everywhere?' };
    if (!(await isConfirmed(text(question), doing))) return 1;
    const ended = await signOut(db, account, context.now());
    if (ended === 0 && !(await readAccount(db, account, policy, context.now())).isKnown) {
      throw new CommandError(nothingDone(describeUnknown(account)));
    }
    const line = text({
      zh: `${account}：结束了 ${ended} 个会话。`,
      en: `${account}: ${sessions(ended)} ended.`,
    });
    tell({ ok: true, account, ended }, line, options, context);
    return 0;
  },
  async block(doing) {
    const { account, db, policy, options, context } = doing;
    if (!policy.accountBlocking) {
      context.complain(coloursOn(process.stderr).red(text(KEEPS_NOBODY_OUT)));
    }
    const question = {
      zh: '要停用这个账号，并结束它的会话吗？',
      en: 'Block this account, and end its sessions?',
    };
    if (!(await isConfirmed(text(question), doing))) return 1;
    const { isKnown } = await readAccount(db, account, policy, context.now());
    // It may be meant: the account was deleted, or is expected.
    if (!isKnown && !isAsked(doing)) {
      context.complain(coloursOn(process.stderr).yellow(describeUnknown(account)));
    }
    const done = await block(db, account, options.reason, context.now());
    const { wasBlocked, ended } = done;
    const about = describeBlock(done.block);
    const line = text({
      zh: `${account}：${wasBlocked ? `此前已停用，${about}` : '已停用'}；结束了 ${ended} 个会话。`,
      en: `${account}: ${wasBlocked ? `was blocked already, ${about}` : 'blocked'}; ${sessions(ended)} ended.`,
    });
    const { accountBlocking: isEnforced } = policy;
    const blocked = reportedBlock(done.block);
    const report = { ok: true, account, isKnown, blocked, wasBlocked, ended, isEnforced };
    tell(report, line, options, context);
    return 0;
  },
  async unblock({ account, db, options, context }) {
    const wasBlocked = await unblock(db, account);
    const line = wasBlocked
      ? { zh: '可以重新登录了。', en: 'may sign in again.' }
      : { zh: '没有停用，无须改动。', en: 'was not blocked: nothing to do.' };
    const whole = text({ zh: `${account}：${line.zh}`, en: `${account}: ${line.en}` });
    tell({ ok: true, account, wasBlocked }, whole, options, context);
    return 0;
  },
};

const KEEPS_NOBODY_OUT = {
  zh: '停用不会生效：按现在的 cloudfunctions/resources.json，不是每个登录用的云函数都把 ACCOUNT_BLOCKING 设为了 "true"。请写在 "defaults" 的 "variables" 里，再运行 npm run deploy：已经写下的停用从那时起生效。',
  en: 'BLOCKING KEEPS NOBODY OUT as cloudfunctions/resources.json is: ACCOUNT_BLOCKING is not "true" for every function that signs in. Set it under "variables" of "defaults", and run "npm run deploy": blocks that are written count from then on.',
};

const sessions = (count: number): string => (count === 1 ? '1 session' : `${count} sessions`);

type WithoutVersion = Omit<ReportFrame, 'version'> & AccountReports[Action];

function tell(
  forPrograms: WithoutVersion,
  forPeople: string,
  { json = false }: AccountOptions,
  { answer, say }: AccountContext,
): void {
  if (json) answer({ version: 1, ...forPrograms });
  else say(forPeople);
}

function sayNobody(action: Action, options: AccountOptions, context: AccountContext): number {
  const nobody = text({
    zh: `没有人绑定这个手机号，或者 ${IDENTITY_KEY} 不是这次部署所用的密钥。`,
    en: `Nobody has linked this phone number, or ${IDENTITY_KEY} is not the key of this deployment.`,
  });
  if (action !== 'show') throw new CommandError(nothingDone(nobody));
  tell({ ok: false, account: null, isKnown: false }, nobody, options, context);
  return NOT_THERE;
}

function nothingDone(why: string): string {
  return text({ zh: `${why}什么都没有做。`, en: `${why} Nothing was done.` });
}

const isAsked = ({ options, context }: Doing): boolean =>
  options.yes !== true && context.confirm !== undefined;

/** Shows what is meant before it asks. */
async function isConfirmed(question: string, doing: Doing): Promise<boolean> {
  const { account, db, policy, context } = doing;
  if (!isAsked(doing) || context.confirm === undefined) return true;
  const state = await readAccount(db, account, policy, context.now());
  context.complain(describeAccount(state));
  if (await context.confirm(question)) return true;
  context.complain(text({ zh: '什么都没有做。', en: 'Nothing was done.' }));
  return false;
}

function refuseWhatDoesNotFit(
  action: Action,
  { env, local, reason, yes, json = false }: AccountOptions,
  { confirm }: AccountContext,
): void {
  if (local !== undefined && env !== undefined) {
    throw new UsageError(
      text({
        zh: '--env 和 --local 只能给一个：本地云只有一个环境。',
        en: 'Give either --env or --local: the local cloud has one environment.',
      }),
    );
  }
  if (reason !== undefined && action !== 'block')
    throw new UsageError(text({ zh: '--reason 只用于 block。', en: '--reason goes with block.' }));
  if (reason !== undefined && reason.length > MAX_REASON_LENGTH) {
    throw new UsageError(
      text({
        zh: `--reason 最多 ${MAX_REASON_LENGTH} 个字符。`,
        en: `--reason must have at most ${MAX_REASON_LENGTH} characters.`,
      }),
    );
  }
  const asks = action === 'block' || action === 'sign-out';
  if (asks && yes !== true && confirm === undefined) {
    throw new UsageError(
      json
        ? text({
            zh: `--json 什么都不问：要 ${action}，请加上 --yes。`,
            en: `--json asks nothing: pass --yes to ${action}.`,
          })
        : text({
            zh: `没有终端可以询问是否 ${action}：请加上 --yes。`,
            en: `There is no terminal to ask whether to ${action}: pass --yes.`,
          }),
    );
  }
}

function defaultsOf({ local }: AccountOptions, { root, environment }: AccountContext) {
  const appid = readAppid(root);
  if (local === undefined) return { appid: appid === APPID_PLACEHOLDER ? '' : appid, environment };
  return { appid, environment: { ...environment, [IDENTITY_KEY]: LOCAL_IDENTITY_KEY } };
}
