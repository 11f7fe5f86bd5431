/** Every npm script is `node scripts/run.mjs NAME`: what each takes, refuses and explains. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalCloud } from '#local-cloud';
import { UsageError } from '../../scripts/lib/command-error';
import { listCommands } from '../../scripts/lib/command-line';
import { listenOnLoopback } from '../../scripts/lib/loopback-server';
import { root } from '../../scripts/project/root';
import { makeFreshCopy, type FreshCopy } from '../support/fresh-copy';
import { readOptions } from '../support/read-options';
import { runFile, runScript, runsTypeScript, type ScriptResult } from '../support/run-script';

const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};
const names = Object.keys(scripts);
const fileOf = (name: string): string => `${name.replaceAll(':', '-')}.ts`;

/** They hand on what they do not know: to Jest and to Stryker, which refuse it. */
const HANDING_ON = ['test', 'test:quick', 'test:mutation'];
/** They take words that are not options. */
const WITH_ARGUMENTS = [...HANDING_ON, 'account', 'check', 'format'];

const commands = new Map(
  names.map((name) => {
    const file = `../../scripts/commands/${fileOf(name)}`;
    return [name, jest.requireActual<{ command: Command }>(file).command];
  }),
);

function commandOf(name: string): Command {
  const command = commands.get(name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return command;
}

test('every npm script is a command, and every command an npm script; there are no hooks', () => {
  expect(scripts).toEqual(
    Object.fromEntries(names.map((name) => [name, `node scripts/run.mjs ${name}`])),
  );
  expect(readdirSync(`${root}/scripts/commands`).sort()).toEqual(names.map(fileOf).sort());
});

describe.each(names)('npm run %s', (name) => {
  test('explains itself and each of its options', () => {
    const command = commandOf(name);
    const help = command.helpInformation();
    expect(help).toMatch(new RegExp(`^Usage: npm (run )?${name}\\b`));
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
    for (const { flags, description } of [
      ...command.options,
      { flags: '--help', description: 's' },
    ]) {
      expect(help).toContain(flags);
      expect(description).not.toBe('');
    }
  });

  test('refuses an option with an empty value, by name', async () => {
    const words = commandOf(name).registeredArguments.flatMap(({ required, argChoices = [] }) =>
      required ? argChoices.slice(0, 1) : [],
    );
    for (const { long, required } of commandOf(name).options) {
      if (!required || typeof long !== 'string') continue;
      const refusal = readOptions(commandOf(name), [...words, long, '']);
      await expect(refusal).rejects.toThrow(UsageError);
      await expect(refusal).rejects.toThrow(long);
    }
  });

  if (!HANDING_ON.includes(name)) {
    test('refuses an option that it does not have, by name', async () => {
      const refusal = readOptions(commandOf(name), ['--nonsense']);
      await expect(refusal).rejects.toThrow(UsageError);
      await expect(refusal).rejects.toThrow(/'--nonsense'/);
    });
  }

  if (!WITH_ARGUMENTS.includes(name)) {
    test('refuses an argument that it does not take, by name', async () => {
      const refusal = readOptions(commandOf(name), ['nonsense']);
      await expect(refusal).rejects.toThrow(UsageError);
      await expect(refusal).rejects.toThrow(/'nonsense'/);
      const several = readOptions(commandOf(name), ['a', 'b']);
      await expect(several).rejects.toThrow("Unexpected arguments 'a', 'b'.");
    });
  }
});

test('the list of commands has each with its description', () => {
  const list = listCommands([...commands.values()]);
  for (const command of commands.values()) {
    expect(list).toContain(command.name());
    expect(list).toContain(command.description());
  }
});

test.each([[[]], [['nonsense']], [['show', 'block']]])(
  'npm run account refuses %j',
  async (words) => {
    await expect(readOptions(commandOf('account'), words)).rejects.toThrow(UsageError);
  },
);

describe('as a process', () => {
  test('help goes to stdout, and is a success', async () => {
    const { exitCode, output, stderr } = await runScript('test', ['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(output).toContain('Usage: npm test -- [args...]');
  });

  test('wrong use goes to stderr with a hint, and ends with 2', async () => {
    const { exitCode, output, stderr } = await runScript('format', ['--nonsense']);
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: stderr });
    expect(stderr).toContain("Unknown option '--nonsense'");
    expect(stderr).toContain('"npm run format -- --help" explains the options.');
  });

  test('what is handed on to Jest is refused by Jest before anything is built', async () => {
    const { exitCode, output } = await runScript('test', ['--nonsense']);
    expect(exitCode).toBe(2);
    expect(output).toContain('Unrecognized option "nonsense"');
  });

  test.each(['test', 'test:quick'])(
    'npm run %s refuses words that choose no test',
    async (name) => {
      const { exitCode, output } = await runScript(name, ['nothinglikethis']);
      expect(exitCode).toBe(2);
      expect(output).toContain('nothinglikethis');
      expect(output).toContain('Usage:');
    },
  );

  test('a test that is not quick is none of the quick ones', async () => {
    const { exitCode } = await runScript('test:quick', ['test/flows/two-phones.test.ts']);
    expect(exitCode).toBe(2);
  });

  test('what is handed on to Stryker is refused with the usage', async () => {
    const { exitCode, output } = await runScript('test:mutation', ['--nonsense']);
    expect(exitCode).toBe(2);
    expect(output).toContain("Unknown option '--nonsense'.");
    expect(output).toContain('Usage: npm run test:mutation');
  });

  test('no command, and one that is not there, end with 2 and what there is', async () => {
    const none = await runFile([...runsTypeScript, `${root}/scripts/run.mjs`], root);
    expect(none).toMatchObject({ exitCode: 2, output: none.stderr });
    expect(none.output).toContain('npm run test:soak');
    const unknown = await runScript('nonsense', []);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.output).toContain('There is no command "nonsense".');
  });
});

describe('in a fresh clone, in a folder with a space in its name', () => {
  let copy: FreshCopy;
  beforeAll(async () => {
    copy = await makeFreshCopy();
  });
  afterAll(() => copy.remove());

  const run = (name: string, ...args: string[]): Promise<ScriptResult> =>
    runFile([...runsTypeScript, 'scripts/run.mjs', name, ...args], copy.dir, copy.environment);
  const isBuilt = (): boolean => existsSync(join(copy.dir, 'dist'));

  test('what can be refused is refused before anything is built', async () => {
    const wrongPort = await run('start', '--port', '80x');
    expect(wrongPort).toMatchObject({ exitCode: 2 });
    expect(wrongPort.output).toContain('--port must be a whole number from 0 to 65535, not "80x".');

    const { url, close } = await listenOnLoopback(createServer());
    const { port } = new URL(url);
    const taken = await run('start', '--port', port, '--cloud-port', '0');
    const cloudTaken = await run('start', '--port', '0', '--cloud-port', port);
    await close();
    expect(taken).toMatchObject({ exitCode: 1 });
    expect(taken.output).toContain(`Port ${port} is in use`);
    expect(cloudTaken).toMatchObject({ exitCode: 1 });
    expect(cloudTaken.output).toContain('--cloud-port');

    // Not its usual ports: another `npm start` may be running.
    for (const [name, ...options] of [
      ['start', '--port', '0', '--cloud-port', '0', '--data'],
      ['screenshots', '--out'],
      ['pack', '--out'],
    ] as const) {
      const { exitCode, output } = await run(name, ...options, 'README.md');
      expect(exitCode).not.toBe(0);
      expect(output).toContain(join(copy.dir, 'README.md'));
      expect(output).not.toMatch(/\n\s+at /);
      expect(isBuilt()).toBe(false);
    }
    const held = mkdtempSync(join(tmpdir(), 'in-use-'));
    const other = await createLocalCloud({ port: 0, dataDir: held });
    const inUse = await runFile(
      [
        ...runsTypeScript,
        'scripts/run.mjs',
        ...['start', '--port', '0', '--cloud-port', '0', '--data', held],
      ],
      copy.dir,
      // Where the lock is.
      { ...copy.environment, TMPDIR: tmpdir() },
    );
    await other.close();
    rmSync(held, { recursive: true });
    expect(inUse).toMatchObject({ exitCode: 1 });
    expect(inUse.output).toContain(`${held} is in use by another local cloud`);
    const unbuilt = await run('start', '--no-build', '--port', '0', '--cloud-port', '0');
    expect(unbuilt).toMatchObject({ exitCode: 1 });
    expect(unbuilt.output).toContain('run "npm run build" first');
    const unbuiltCloud = await run('local-cloud', '--port', '0');
    expect(unbuiltCloud).toMatchObject({ exitCode: 1 });
    expect(unbuiltCloud.output).toContain('run "npm run build" first');
    const noPicture = await run('screenshots', '--only', 'nothinglikethis');
    expect(noPicture).toMatchObject({ exitCode: 2 });
    expect(noPicture.output).toContain('home-signed-out');

    const config = join(copy.dir, 'project.config.json');
    const whole = readFileSync(config, 'utf8');
    writeFileSync(config, `;${whole}`);
    const doctor = await run('doctor');
    expect(doctor).toMatchObject({ exitCode: 1 });
    expect(doctor.output).toMatch(/wrong {2}appid: project\.config\.json can't be read: line \d/);
    expect(doctor.output).toContain('wrong  build: ');
    expect(doctor.output).not.toMatch(/\n\s+at /);
    writeFileSync(config, whole);

    const upload = await run('upload');
    expect(upload).toMatchObject({ exitCode: 2 });
    expect(upload.output).toContain('The appid is still the placeholder.');
    expect(upload.output).not.toContain('Usage:');
    const deploy = await run('deploy');
    expect(deploy).toMatchObject({ exitCode: 2 });
    expect(deploy.output).toContain('There is no environment to deploy to');
    expect(isBuilt()).toBe(false);
  });

  test('the build and the tools work', async () => {
    expect(await run('build')).toMatchObject({ exitCode: 0 });
    expect(isBuilt()).toBe(true);
    const check = await run('check', 'types of cloudfunctions', 'project');
    expect(check.output).toContain('ok     types of cloudfunctions');
    expect(check).toMatchObject({ exitCode: 0 });
  });
});
