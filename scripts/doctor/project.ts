/** What can be known without a network. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  GatewayConfigError,
  readGatewayConfig,
  PolicyError,
  readPolicy,
} from '#functions/configuration';
import { bytesIn } from '../lib/bytes-in';
import { checkProject } from '../check/project';
import { APPID_PLACEHOLDER, isEnvId, readAppid, readEnvId } from '../project/project-settings';
import { readResources } from '../project/resources';
import type { Examination, Finding } from '../project/finding';

type Variables = Readonly<Record<string, string | undefined>>;

const OLDEST_NODE = 20;
/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const MAX_PACKAGE_BYTES = 2 * 1024 * 1024;
/** What the management API takes without a detour. */
const MAX_CODE_BYTES = 1.5 * 1024 * 1024;

/** WeChat DevTools would compile what is compiled already, or look in another folder. */
const DEVTOOLS_SETTINGS: readonly (readonly [key: string, value: unknown])[] = [
  ['miniprogramRoot', 'dist/miniprogram/'],
  ['cloudfunctionRoot', 'dist/cloudfunctions/'],
  ['compileType', 'miniprogram'],
  ['setting.es6', false],
  ['setting.enhance', false],
  ['setting.useCompilerPlugins', false],
];

/**
 * @param root of the project
 * @param environment of who asks: the gateway's variables come from there
 */
export function projectExaminations(
  root: string,
  environment: Variables,
  nodeVersion = process.versions.node,
): Examination[] {
  const built = `${root}/dist`;
  const resources = `${root}/cloudfunctions/resources.json`;
  return [
    {
      id: 'node',
      name: 'Node',
      find: () =>
        Number(nodeVersion.split('.')[0]) >= OLDEST_NODE
          ? []
          : [
              {
                problem: `This is Node ${nodeVersion}.`,
                fix: `Install Node ${OLDEST_NODE} or newer: https://nodejs.org.`,
              },
            ],
    },
    { id: 'appid', name: 'appid', find: () => findAppid(root) },
    { id: 'environment', name: 'environment', find: () => findEnvId(root) },
    { id: 'devtools', name: 'DevTools settings', find: () => findSettings(root) },
    { id: 'resources', name: 'resources', find: () => findResources(resources) },
    { id: 'build', name: 'build', find: () => findBuild(root) },
    {
      id: 'built-files',
      name: 'built files',
      find: async () =>
        existsSync(built)
          ? (await checkProject(root)).map(({ file, message }) => ({
              problem: `${file} ${message}.`,
              fix: 'Run "npm run build", and look at the file when that does not help.',
            }))
          : [],
    },
    { id: 'sizes', name: 'sizes', find: () => findSizes(built) },
    { id: 'policy', name: 'policy', find: () => findPolicy(resources) },
    { id: 'gateway', name: 'gateway', find: () => findGateway(environment) },
  ];
}

function findAppid(root: string): Finding[] {
  const appid = readAppid(root);
  if (/^wx[0-9a-f]{16}$/.test(appid)) return [];
  return [
    {
      problem:
        appid === APPID_PLACEHOLDER
          ? 'The appid is still the placeholder.'
          : `"${appid}" is no appid: those are wx and 16 hexadecimal digits.`,
      fix: 'Put yours into project.config.json (appid): 微信公众平台 → 开发管理 → 开发设置 → AppID.',
    },
  ];
}

function findEnvId(root: string): Finding[] {
  if (isEnvId(readEnvId(root))) return [];
  return [
    {
      problem: 'The id of the cloud environment is still the placeholder.',
      fix: 'Put yours into miniprogram/config.ts (cloudEnvId): 云开发控制台 → 设置 → 环境 ID. Then run "npm run build".',
    },
  ];
}

async function findSettings(root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of ['project.config.json', 'project.private.config.json']) {
    if (!existsSync(`${root}/${file}`)) continue;
    let config: unknown;
    try {
      config = JSON.parse(await readFile(`${root}/${file}`, 'utf8'));
    } catch (error) {
      findings.push({
        problem: `${file} is no JSON: ${(error as Error).message}.`,
        fix: `Repair it, or take it back from git.`,
      });
      continue;
    }
    for (const [key, value] of DEVTOOLS_SETTINGS) {
      const actual = key
        .split('.')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], config);
      // The private one says only what is other there.
      if (actual === value || (actual === undefined && file !== 'project.config.json')) continue;
      findings.push({
        problem: `${file} has ${key} = ${JSON.stringify(actual)}.`,
        fix: `Set it to ${JSON.stringify(value)}: what DevTools opens is built already.`,
      });
    }
  }
  return findings;
}

function findResources(file: string): Finding[] {
  try {
    readResources(file);
    return [];
  } catch (error) {
    return [{ problem: (error as Error).message, fix: 'Repair it, or take it back from git.' }];
  }
}

async function findBuild(root: string): Promise<Finding[]> {
  const fix = 'Run "npm run build".';
  const parts = [
    ['dist/miniprogram/app.js', 'miniprogram'],
    ['dist/cloudfunctions/login/index.js', 'cloudfunctions'],
  ] as const;
  const findings: Finding[] = [];
  for (const [output, sources] of parts) {
    const built = await stat(`${root}/${output}`).catch(() => undefined);
    if (built === undefined) {
      findings.push({ problem: `${output} is not there: nothing was built.`, fix });
      continue;
    }
    const newest = await newestIn(`${root}/${sources}`);
    if (newest.at > built.mtimeMs) {
      findings.push({ problem: `${sources}/${newest.file} is newer than what was built.`, fix });
    }
  }
  return findings;
}

async function newestIn(dir: string): Promise<{ file: string; at: number }> {
  let newest = { file: '', at: 0 };
  for (const file of await readdir(dir, { recursive: true })) {
    const about = await stat(join(dir, file));
    if (about.isFile() && about.mtimeMs > newest.at) newest = { file, at: about.mtimeMs };
  }
  return newest;
}

async function findSizes(built: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const miniprogram = `${built}/miniprogram`;
  const bytes = existsSync(miniprogram) ? await bytesIn(miniprogram) : 0;
  if (bytes > MAX_PACKAGE_BYTES) {
    findings.push({
      problem: `The mini program has ${megabytes(bytes)}, and WeChat takes 2 MB.`,
      fix: 'Move pages into subpackages (分包), and pictures into the cloud storage.',
    });
  }
  const names = existsSync(`${built}/cloudfunctions`)
    ? await readdir(`${built}/cloudfunctions`)
    : [];
  for (const name of names) {
    const code = await readFile(`${built}/cloudfunctions/${name}/index.js`).catch(() => undefined);
    // What fits when it is zipped in a hurry fits.
    if (code === undefined || gzipSync(code, { level: 1 }).length <= MAX_CODE_BYTES) continue;
    const zipped = gzipSync(code).length;
    if (zipped > MAX_CODE_BYTES) {
      findings.push({
        problem: `The function ${name} has ${megabytes(zipped)} zipped, and ${megabytes(MAX_CODE_BYTES)} can be uploaded.`,
        fix: 'Leave out a dependency of it.',
      });
    }
  }
  return findings;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function findPolicy(file: string): Finding[] {
  let functions;
  try {
    ({ functions } = readResources(file));
  } catch {
    // Said elsewhere.
    return [];
  }
  return policyFindings(
    functions.map(({ name, variables }) => ({ name, variables })),
    'cloudfunctions/resources.json',
  );
}

/** Variables of the policy that stop a function, or that are not the same for all. */
export function policyFindings(
  functions: readonly { name: string; variables: Variables }[],
  where: string,
): Finding[] {
  const findings: Finding[] = [];
  const policies = new Map<string, string[]>();
  for (const { name, variables } of functions) {
    try {
      const policy = JSON.stringify(readPolicy(variables));
      policies.set(policy, [...(policies.get(policy) ?? []), name]);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      findings.push({
        problem: `The function ${name} would not start: ${error.message}`,
        fix: `Correct its variables in ${where}.`,
      });
    }
  }
  if (policies.size > 1) {
    const groups = [...policies.values()].map((names) => names.join(', '));
    findings.push({
      problem: `The functions do not have the same policy: ${groups.join(' differ from ')}.`,
      fix: `Give all of them the same SESSION* variables in ${where}.`,
    });
  }
  return findings;
}

function findGateway(environment: Variables): Finding[] {
  if (!environment['GATEWAY_APPS']) return [];
  try {
    readGatewayConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof GatewayConfigError)) throw error;
    return [
      {
        problem: `The gateway would not start: ${error.message}`,
        fix: 'Correct the variables, as cloudfunctions/gateway/README.md says.',
      },
    ];
  }
}
