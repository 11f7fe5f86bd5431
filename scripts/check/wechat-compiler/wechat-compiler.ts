/**
 * miniprogram-ci, the compiler behind WeChat DevTools, without an account. It still asks WeChat's
 * servers for a list of file suffixes, and does without when it can't reach them.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html. */
interface MiniprogramCi {
  Project: new (options: ProjectOptions) => { attr: () => Promise<ProjectAttributes> };
  getCompiledResult(options: object, zipFile: string): Promise<Record<string, unknown>>;
}

interface ProjectOptions {
  type: 'miniProgram';
  appid: string;
  projectPath: string;
  privateKey: string;
}

/** What WeChat's servers answer about a mini program: its limits, in MB, kB and numbers. */
interface ProjectAttributes {
  platform: boolean;
  appType: number;
  isSandbox: boolean;
  released: boolean;
  setting: Readonly<Record<string, number>>;
}

/**
 * https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html, and the
 * defaults of miniprogram-ci.
 */
const ATTRIBUTES: ProjectAttributes = {
  platform: true,
  appType: 0,
  isSandbox: false,
  released: false,
  setting: {
    MaxCodeSize: 2,
    MaxSubpackageSubCodeSize: 2,
    MaxSubpackageFullCodeSize: 20,
    NavigateMiniprogramLimit: 10,
    MaxSubPackageLimit: 100,
    MinTabbarCount: 2,
    MaxTabbarCount: 5,
    MaxCustomTabbarCount: 10,
    MaxTabbarIconSize: 40,
  },
};

/** Without these the compiler copies scripts, styles and templates without reading them. */
const READ_EVERYTHING = { es7: true, minify: true };

export interface Compilation {
  /** Where miniprogram-ci is installed. */
  toolsDir: string;
  /** Holds project.config.json. */
  projectDir: string;
  /** Where it writes the result. */
  zipFile: string;
}

/** Resolves to the names of the compiled files, and rejects with what the compiler found. */
export async function compileWithWechat(compilation: Compilation): Promise<string[]> {
  const { toolsDir, projectDir, zipFile } = compilation;
  const ci = loadMiniprogramCi(toolsDir);
  const project = new ci.Project({
    type: 'miniProgram',
    appid: 'touristappid',
    projectPath: projectDir,
    privateKey: throwAwayKey(),
  });
  project.attr = () => Promise.resolve(ATTRIBUTES);
  const options = { project, setting: READ_EVERYTHING, onProgressUpdate: () => undefined };
  const compiled = await ci.getCompiledResult(options, zipFile);
  requireNoMaps(compiled);
  return Object.keys(compiled);
}

/** The build leaves maps in the scripts, for DevTools: phones must not have to load them. */
function requireNoMaps(compiled: Readonly<Record<string, unknown>>): void {
  const mapped = Object.entries(compiled)
    .filter(([file, content]) => file.endsWith('.map') || holdsMap(content))
    .map(([file]) => file);
  if (mapped.length > 0) throw new Error(`source maps would be uploaded: ${mapped.join(', ')}`);
}

function holdsMap(content: unknown): boolean {
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : content;
  return typeof text === 'string' && text.includes('//# sourceMappingURL=');
}

function loadMiniprogramCi(toolsDir: string): MiniprogramCi {
  const load = createRequire(join(toolsDir, 'package.json'));
  return load('miniprogram-ci') as MiniprogramCi;
}

/** The compiler demands the key that uploading needs, and only looks at its form. */
function throwAwayKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}
