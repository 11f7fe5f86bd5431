/**
 * Runs a line of code inside a cloud function with the real SDK, as `cloud`; `input` is what the
 * test sends along. Buffers come back as `{ base64 }`, errors as `{ errCode, errMsg }`.
 */
import type { Answer, Caller } from '#local-cloud/testing';
import { openFixtureCloud, type FixtureCloud } from './fixture-functions';
import { LIN } from './people';

const CODE = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const plain = (value) => {
    if (Buffer.isBuffer(value)) return { base64: value.toString('base64') };
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
  };
  exports.main = async (event) => {
    const { code, input } = event.httpMethod ? JSON.parse(event.body) : event;
    try {
      const run = new Function('cloud', 'input', 'event', 'return (async () => (' + code + '))()');
      return plain(await run(cloud, input, event));
    } catch ({ errCode, errMsg, message }) {
      return { errCode, errMsg: errMsg ?? message };
    }
  };`;

/** Of the function `declared`; `undeclared` has no permission. */
const PERMISSIONS = [
  'cloudbase.getOpenData',
  'customerServiceMessage.send',
  'customerServiceMessage.setTyping',
  'customerServiceMessage.uploadTempMedia',
  'nowhere.toBeFound',
  'phonenumber.getPhoneNumber',
  'riskControl.getUserRiskRank',
  'security.imgSecCheck',
  'security.mediaCheckAsync',
  'security.msgSecCheck',
  'subscribeMessage.send',
  'templateMessage.send',
  'uniformMessage.send',
  'updatableMessage.createActivityId',
  'updatableMessage.setUpdatableMsg',
  'urllink.generate',
  'urlscheme.generate',
  'wxacode.createQRCode',
  'wxacode.get',
  'wxacode.getUnlimited',
];

const TIMEOUT = { timeout: 20 };

export interface OpenRunner {
  readonly cloud: FixtureCloud;
  /** What was printed, line by line. */
  readonly printed: readonly string[];
  /** What the code gives in the function `declared`, called by Lin unless told otherwise. */
  run(code: string, input?: unknown, caller?: Caller): Promise<Answer>;
  /** The same in the function `undeclared`. */
  runUndeclared(code: string, input?: unknown): Promise<Answer>;
}

export async function openOpenRunner(): Promise<OpenRunner> {
  const printed: string[] = [];
  const functions = {
    declared: { code: CODE, config: { ...TIMEOUT, permissions: { openapi: PERMISSIONS } } },
    undeclared: { code: CODE, config: TIMEOUT },
    outer: {
      code: `const cloud = require('wx-server-sdk');
        cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
        exports.main = async (data) => (await cloud.callFunction({ name: 'declared', data })).result;`,
      config: TIMEOUT,
    },
  };
  const onLog = (line: string): void => void printed.push(line);
  const cloud = await openFixtureCloud(functions, { onLog });
  return {
    cloud,
    printed,
    run: (code, input, caller = LIN) => cloud.call('declared', caller, { code, input }),
    runUndeclared: (code, input) => cloud.call('undeclared', LIN, { code, input }),
  };
}
