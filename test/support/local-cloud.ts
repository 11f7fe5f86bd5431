/** The functions of this project on a local cloud of the test's own, as they are deployed. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openTestCloud, type TestCloud, type TestCloudOptions } from '#local-cloud/testing';
import { summariseResult } from '../../scripts/project/result-summary';

export type { Answer, TestCloud } from '#local-cloud/testing';

export interface CloudOptions extends TestCloudOptions {
  /** Environment variables of every function of the project, as a deployment would set them. */
  environment?: Record<string, string>;
}

/** People in tests sign in more often than anybody would. A test may set its own limit instead. */
const UNLIMITED_LOGINS = {
  login: { LOGINS_PER_MINUTE: '1000000' },
  'login-phone': { LOGINS_PER_MINUTE: '1000000' },
  'login-password': { LOGINS_PER_MINUTE: '1000000' },
  identity: { LOGINS_PER_MINUTE: '1000000' },
  gateway: { LOGINS_PER_MINUTE: '1000000' },
};

const COLLECTIONS = [
  'device_grants',
  ...['sessions', 'notes', 'profiles', 'gateway_counters'],
  ...['identities', 'password_attempts', 'blocked_accounts', 'sign_ins'],
];

const PATIENCE_SECONDS = 120;
const BUILT_FUNCTIONS = resolve(__dirname, '../../dist/cloudfunctions');

/** @param options `functionsDir`: another folder of functions than the project's */
export async function openCloud(options: CloudOptions = {}): Promise<TestCloud> {
  const { environment = {}, ...others } = options;
  const folder = await mkdtemp(join(tmpdir(), 'functions-'));
  const cloud = await openTestCloud({
    collections: COLLECTIONS,
    ...others,
    functionsDir: others.functionsDir ?? (await patientFunctions(folder, environment)),
    summarise: summariseResult,
    functionVariables: { ...UNLIMITED_LOGINS, ...others.functionVariables },
  });
  return {
    ...cloud,
    async close() {
      await cloud.close();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * The built functions with these variables in their config.json, and with more time than they are
 * deployed with: tests don't depend on the speed of the machine.
 */
async function patientFunctions(
  folder: string,
  environment: Record<string, string>,
): Promise<string> {
  for (const name of await readdir(BUILT_FUNCTIONS)) {
    const built = join(BUILT_FUNCTIONS, name, 'index.js');
    if (!existsSync(built)) continue;
    const config = JSON.parse(
      await readFile(join(BUILT_FUNCTIONS, name, 'config.json'), 'utf8'),
    ) as { envVariables?: object };
    const envVariables = { ...config.envVariables, ...environment };
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(
      join(folder, name, 'config.json'),
      JSON.stringify({ ...config, timeout: PATIENCE_SECONDS, envVariables }),
    );
    // The bundles are too large to copy for every cloud.
    await writeFile(
      join(folder, name, 'index.js'),
      `module.exports = require(${JSON.stringify(built)});\n`,
    );
  }
  return folder;
}
