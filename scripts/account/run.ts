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
import {
  accountForPrograms,
  blockForPrograms,
  describeAccount,
  describeBlock,
} from './describe-account';
import { placeOf } from './place';
import { readAccount } from './read-account';
import { policyOf } from './policy';
import { decodeWhose, findAccount, type Whose, type WhoseOptions } from './whose';

export type Action = 'show' | 'sign-out' | 'block' | 'unblock';

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
  /** Takes what `--json` prints: `version`, `ok`, and what the action has found or done. */
  answer: (document: object) => void;
  say: (line: string) => void;
  complain: (line: string) => void;
}

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
    tell(options, context, accountForPrograms(state), describeAccount(state));
    return 0;
  },
  async 'sign-out'(doing) {
    const { account, db, options, context } = doing;
    if (!(await isConfirmed('Sign out everywhere?', doing))) return 1;
    const ended = await signOut(db, account, context.now());
    tell(options, context, { account, ended }, `${account}: ${sessions(ended)} ended.`);
    return 0;
  },
  async block(doing) {
    const { account, db, policy, options, context } = doing;
    if (!policy.accountBlocking) context.complain(coloursOn(process.stderr).red(KEEPS_NOBODY_OUT));
    if (!(await isConfirmed('Block this account, and end its sessions?', doing))) return 1;
    const done = await block(db, account, options.reason, context.now());
    const { wasBlocked, ended } = done;
    const line = `${account}: ${wasBlocked ? `was blocked already, ${describeBlock(done.block)}` : 'blocked'}; ${sessions(ended)} ended.`;
    const { accountBlocking: isEnforced } = policy;
    const blocked = blockForPrograms(done.block);
    tell(options, context, { account, blocked, wasBlocked, ended, isEnforced }, line);
    return 0;
  },
  async unblock({ account, db, options, context }) {
    const wasBlocked = await unblock(db, account);
    const line = wasBlocked ? 'may sign in again.' : 'was not blocked: nothing to do.';
    tell(options, context, { account, wasBlocked }, `${account}: ${line}`);
    return 0;
  },
};

const KEEPS_NOBODY_OUT =
  'BLOCKING KEEPS NOBODY OUT as cloudfunctions/resources.json is: ACCOUNT_BLOCKING is not "true" for every function that signs in. Set it under "variables" of "defaults", and run "npm run deploy": blocks that are written count from then on.';

const sessions = (count: number): string => (count === 1 ? '1 session' : `${count} sessions`);

function tell(
  { json = false }: AccountOptions,
  { answer, say }: AccountContext,
  forPrograms: object,
  forPeople: string,
): void {
  if (json) answer({ version: 1, ok: true, ...forPrograms });
  else say(forPeople);
}

function sayNobody(action: Action, options: AccountOptions, context: AccountContext): number {
  const nobody = `Nobody has linked this phone number, or ${IDENTITY_KEY} is not the key of this deployment.`;
  if (action !== 'show') throw new CommandError(`${nobody} Nothing was done.`);
  tell(options, context, { account: null, isKnown: false }, nobody);
  return 0;
}

/** Shows what is meant before it asks. */
async function isConfirmed(question: string, doing: Doing): Promise<boolean> {
  const { account, db, policy, options, context } = doing;
  if (options.yes === true || context.confirm === undefined) return true;
  const state = await readAccount(db, account, policy, context.now());
  context.complain(describeAccount(state));
  if (await context.confirm(question)) return true;
  context.complain('Nothing was done.');
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
    throw new UsageError(`--reason must have at most ${MAX_REASON_LENGTH} characters.`);
  }
  const asks = action === 'block' || action === 'sign-out';
  if (asks && yes !== true && confirm === undefined) {
    throw new UsageError(
      json
        ? `--json asks nothing: pass --yes to ${action}.`
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
