/** An operator at work on a local cloud of the test's own, by the real SDK. */
import { openOperatorDatabase, type OperatorDatabase } from '../../../scripts/account/database';
import { runAccount, type AccountOptions, type Action } from '../../../scripts/account/run';
import { LOCAL_IDENTITY_KEY } from '../../../scripts/project/identity-key';
import { readResources } from '../../../scripts/project/resources';
import { root } from '../../../scripts/project/root';
import { openCloud, type TestCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';

/** What a terminal may have set for a deployment: not the key of a local cloud. */
export const IDENTITY_KEY = 'the-key-of-a-deployment-that-is-long-enough';
export const LIN_PHONE = '13800005678';

/**
 * Three ways in, two phones a person, blocking and a record of sign-ins.
 *
 * @param environment variables besides
 */
export const openOperatedCloud = (environment: Record<string, string> = {}): Promise<TestCloud> =>
  openCloud({
    environment: {
      ...environment,
      ACCOUNT_BLOCKING: 'true',
      SIGN_IN_METHODS: 'wechat,phone,password',
      SIGN_IN_HISTORY: 'true',
      SESSIONS_PER_USER: '3',
      IDENTITY_KEY: LOCAL_IDENTITY_KEY,
    },
  });

/** What Lin sets, and how an operator names him. */
export const LIN_PASSWORD = { name: 'lin-of-the-hills', password: 'a violet umbrella 7' };
export const LIN_BY_OPENID = { openid: LIN.openid, appid: LIN.appid };

/** Empties it; any code of a phone button gives the number of Lin. */
export async function resetOperatedCloud(cloud: TestCloud): Promise<void> {
  await cloud.control({ reset: true });
  await cloud.control({
    openapi: {
      'phonenumber.getPhoneNumber': {
        errcode: 0,
        phone_info: { purePhoneNumber: LIN_PHONE, phoneNumber: LIN_PHONE, countryCode: '86' },
      },
    },
  });
}

export interface Outcome {
  exitCode: number;
  said: string;
  complained: string;
  asked: string[];
}

export interface Setting {
  environment?: Record<string, string>;
  /** Absent: there is no terminal. */
  answer?: boolean;
  /** What lies between the operator and the database. */
  through?: (db: OperatorDatabase) => OperatorDatabase;
}

const POLICY = { ACCOUNT_BLOCKING: 'true', IDENTITY_KEY };

/** Runs the command to its end. */
export async function operate(
  { url }: Pick<TestCloud, 'url'>,
  action: Action,
  options: AccountOptions,
  { environment = POLICY, answer, through = (db) => db }: Setting = {},
): Promise<Outcome> {
  const [said, complained, asked]: [string[], string[], string[]] = [[], [], []];
  const confirm = (question: string): Promise<boolean> => {
    asked.push(question);
    return Promise.resolve(answer === true);
  };
  const exitCode = await runAccount(
    action,
    { local: url, ...(answer === undefined && { yes: true }), ...options },
    {
      root,
      environment,
      ...(answer !== undefined && { confirm }),
      resources: () => {
        const resources = readResources(`${root}/cloudfunctions/resources.json`);
        const functions = resources.functions.map((resource) => ({
          ...resource,
          variables: { ...resource.variables, SESSIONS_PER_USER: '3' },
        }));
        return { ...resources, functions };
      },
      open: (place) => through(openOperatorDatabase(place)),
      now: () => new Date(),
      answer: (document) => said.push(JSON.stringify(document)),
      say: (line) => said.push(line),
      complain: (line) => complained.push(line),
    },
  );
  return { exitCode, said: said.join('\n'), complained: complained.join('\n'), asked };
}
