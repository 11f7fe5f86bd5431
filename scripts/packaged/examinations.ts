/** What of the package is in a project, whole and of one version. The cloud can't be seen from here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFolder } from '../lib/given-folder';
import { isRecord } from '../lib/is-record';
import { compareFunction, OWNERS_FILE } from './compare';
import { readManifest, type BroughtFunctions } from './manifest';
import { PACKAGE_DIR } from './package-dir';
import { readJson, readNote, shown, type Note, type ProjectFolder } from './project-folder';
import { text } from '../lib/language';

const CLIENT = 'wechat-cloud-session';

export interface Finding {
  /** `note`: for its owner to look at. `unseen`: what was not examined. */
  kind: 'good' | 'bad' | 'note' | 'unseen';
  message: string;
}

const good = (message: string): Finding => ({ kind: 'good', message });
const bad = (message: string): Finding => ({ kind: 'bad', message });

/** @throws CommandError for a file that can't be read */
export function examine(project: ProjectFolder): Finding[] {
  const manifest = readManifest(join(PACKAGE_DIR, 'functions'));
  const note = readNote(project);
  return [
    ...examineFunctions(project, manifest, note),
    ...examinePolicy(project),
    ...examineClient(project),
    cloudNotSeen(project, manifest, note),
    ...collectionsNeeded(manifest, note),
  ];
}

/** To look into the cloud takes a key to it, and 36 MB of Tencent's library. */
function cloudNotSeen(
  { functionsDir }: ProjectFolder,
  { functions }: BroughtFunctions,
  note: Note | undefined,
): Finding {
  const brought = Object.keys(note?.functions ?? {});
  const own = protectedFunctions(functionsDir).filter((name) => !brought.includes(name));
  const timers = brought.filter((name) => functions[name]?.hasTimer);
  return {
    kind: 'unseen',
    message: text({
      zh: `没有检查云端。请在云开发控制台自行确认：${listed('云函数 ', [...brought, ...own], '、', ' 已上传最新的文件；')}${listed('', timers, '、', ' 有定时触发器；')}集合、权限和索引与项目的需要一致。`,
      en: `The cloud was not examined. See for yourself in its console: ${listed('the functions ', [...brought, ...own], ', ', ' are uploaded as they are here; ')}${listed('', timers, ', ', ' has its trigger; ')}collections, permissions and indexes are those that the project needs.`,
    }),
  };
}

const listed = (before: string, names: readonly string[], between: string, after: string): string =>
  names.length === 0 ? '' : `${before}${names.join(between)}${after}`;

function examineFunctions(
  project: ProjectFolder,
  manifest: BroughtFunctions,
  note: Note | undefined,
): Finding[] {
  const noted = note?.functions ?? {};
  const base = Object.keys(manifest.functions).filter((name) => manifest.functions[name]?.isBase);
  const absent = base.filter((name) => noted[name] === undefined);
  if (absent.length > 0) {
    const names = absent.join(', ');
    return [
      bad(
        text({
          zh: `缺少云函数 ${names}：运行 npx init。`,
          en: `The functions ${names} are missing: run npx init.`,
        }),
      ),
    ];
  }
  const findings = Object.entries(noted).flatMap(([name, files]) => {
    const folder = join(project.functionsDir, name);
    const states = [...compareFunction(folder, files)];
    const lost = states.filter(([, state]) => state === 'missing');
    const edited = states.filter(([file, state]) => state === 'edited' && file !== OWNERS_FILE);
    const filesOf = (some: typeof states): string =>
      some.map(([file]) => shown(project, join(folder, file))).join(', ');
    return [
      ...(lost.length === 0
        ? []
        : [
            bad(
              text({
                zh: `缺少 ${filesOf(lost)}：运行 npx init。`,
                en: `${filesOf(lost)} is missing: run npx init.`,
              }),
            ),
          ]),
      ...(edited.length === 0
        ? []
        : [
            bad(
              text({
                zh: `${filesOf(edited)} 被修改过：运行 npx init --force 可还原。`,
                en: `${filesOf(edited)} was edited: npx init --force restores it.`,
              }),
            ),
          ]),
    ];
  });
  if (note !== undefined && note.version !== manifest.version) {
    findings.push(
      bad(
        text({
          zh: `云函数是 ${note.version} 版，安装的是 ${manifest.version} 版：运行 npx init，然后重新上传。`,
          en: `The functions are of version ${note.version}, and ${manifest.version} is installed: run npx init, and upload them.`,
        }),
      ),
    );
  }
  if (findings.length > 0) return findings;
  const names = Object.keys(noted).join(', ');
  const version = note?.version ?? '';
  return [
    good(
      text({
        zh: `云函数 ${names} 完整，版本 ${version}。`,
        en: `The functions ${names} are whole, version ${version}.`,
      }),
    ),
  ];
}

/** A function with other variables than the rest would end the sessions that they open. */
function examinePolicy({ functionsDir }: ProjectFolder): Finding[] {
  const byValue = new Map<string, string[]>();
  for (const name of protectedFunctions(functionsDir)) {
    const config = join(functionsDir, name, OWNERS_FILE);
    const { envVariables } = existsSync(config) ? readJson(config) : {};
    const value = isRecord(envVariables) ? envVariables['SIGN_IN_METHODS'] : undefined;
    const methods = typeof value === 'string' ? value : 'wechat';
    byValue.set(methods, [...(byValue.get(methods) ?? []), name]);
  }
  if (byValue.size < 2) return [];
  const all = [...byValue].map(([methods, names]) => `${methods}: ${names.join(', ')}`).join('; ');
  return [
    bad(
      text({
        zh: `各云函数的 SIGN_IN_METHODS 不一致（${all}）：请改成一致，包括你自己的云函数。`,
        en: `SIGN_IN_METHODS differs between functions (${all}): make it the same, in your own too.`,
      }),
    ),
  ];
}

function protectedFunctions(functionsDir: string): string[] {
  if (!existsSync(functionsDir)) return [];
  return readdirSync(functionsDir)
    .sort()
    .filter((name) => usesSession(join(functionsDir, name)));
}

/** Brought by `init`, or protected by `withSession`. */
function usesSession(folder: string): boolean {
  const main = join(folder, 'index.js');
  if (!existsSync(main) || isFolder(main)) return false;
  const source = readFileSync(main, 'utf8');
  return source.includes('SIGN_IN_METHODS') || source.includes(`${CLIENT}/cloud`);
}

function examineClient({ dir, miniprogramDir }: ProjectFolder): Finding[] {
  const installed = [miniprogramDir, dir]
    .map((folder) => join(folder, 'node_modules', CLIENT))
    .find((folder) =>
      ['package.json', 'miniprogram'].every((part) => existsSync(join(folder, part))),
    );
  if (installed === undefined) {
    return [
      bad(
        text({
          zh: `没有安装 ${CLIENT}：在小程序目录中用 npm 安装它。`,
          en: `${CLIENT} is not installed: install it with npm, in the mini program's folder.`,
        }),
      ),
    ];
  }
  const version = String(readJson(join(installed, 'package.json'))['version']);
  const built = join(miniprogramDir, 'miniprogram_npm', CLIENT);
  if (!existsSync(built)) {
    return [
      bad(
        text({
          zh: `miniprogram_npm 中没有 ${CLIENT}：在开发者工具中选择「工具 → 构建 npm」。`,
          en: `${CLIENT} is not in miniprogram_npm: choose 工具 → 构建 npm in DevTools.`,
        }),
      ),
    ];
  }
  if (!isCopyOf(built, join(installed, 'miniprogram'))) {
    return [
      bad(
        text({
          zh: `miniprogram_npm 中的 ${CLIENT} 与安装的 ${version} 版不同：重新「构建 npm」。`,
          en: `${CLIENT} in miniprogram_npm is not what is installed, version ${version}: choose 构建 npm again.`,
        }),
      ),
    ];
  }
  return [
    good(
      text({
        zh: `客户端已就绪，版本 ${version}。`,
        en: `The client is in place, version ${version}.`,
      }),
    ),
  ];
}

function isCopyOf(copy: string, original: string): boolean {
  const files = readdirSync(original, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.js'))
    .every((file) => {
      const path = join(copy, file);
      return existsSync(path) && readFileSync(path).equals(readFileSync(join(original, file)));
    });
}

function collectionsNeeded({ functions, collections }: BroughtFunctions, note?: Note): Finding[] {
  const names = Object.keys(note?.functions ?? {});
  const needed = new Set(names.flatMap((name) => functions[name]?.collections ?? []));
  return collections
    .filter(({ name }) => needed.has(name))
    .map(({ name, permission, indexes }) => {
      const keys = indexes.flatMap((index) => index.keys.map(({ field }) => field)).join(', ');
      return {
        kind: 'note',
        message: text({
          zh: `请在云开发控制台确认：集合 ${name}，权限 ${permission}${keys === '' ? '' : `，索引 ${keys}`}。`,
          en: `See for yourself in the cloud console: collection ${name}, ${permission}${keys === '' ? '' : `, index on ${keys}`}.`,
        }),
      };
    });
}
