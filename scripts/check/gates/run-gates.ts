/** Runs gates side by side, and prints them in their order. */
import { coloursOn } from '../../lib/colours';
import { UsageError } from '../../lib/command-error';
import { text } from '../../lib/language';

export interface Gate {
  name: string;
  /** Resolves to what it printed, when it fails. */
  run: () => Promise<string | undefined>;
  /** Takes the longest, and so begins before the others. */
  long?: boolean;
  /** The gate that writes what this one reads. */
  after?: string;
}

export interface GateOptions {
  /** Those to run, by name, or by the word before ` of `; none: all. */
  names: readonly string[];
  /** How many run at a time. */
  atATime: number;
  print: (line: string) => void;
}

/**
 * Prints one line for each gate, and what a failing one printed. Resolves to the exit code, once
 * all have ended.
 *
 * @throws UsageError for a name that no gate has
 */
export async function runGates(
  gates: readonly Gate[],
  { names, atATime, print }: GateOptions,
): Promise<number> {
  const unknown = names.filter((name) => !gates.some((gate) => isNamed(gate, name)));
  if (unknown.length > 0) {
    throw new UsageError(
      text({
        zh: `没有检查“${unknown.join('”、“')}”。全部检查：${namesOf(gates)}。`,
        en: `There is no gate "${unknown.join('", "')}". Gates: ${namesOf(gates)}.`,
      }),
    );
  }
  const chosen = gates.filter(
    (gate) => names.length === 0 || names.some((name) => isNamed(gate, name)),
  );
  const running = start(chosen, atATime);
  const { green, red } = coloursOn(process.stdout);
  const passed = text({ zh: '通过  ', en: 'ok    ' });
  const missed = text({ zh: '未通过', en: 'FAILED' });
  const failed: Gate[] = [];
  const broken: unknown[] = [];
  for (const gate of chosen) {
    // One that threw, as by Ctrl-C, waits for the others to end.
    const result = await (running.get(gate) as Promise<Result>);
    if ('error' in result) broken.push(result.error);
    if ('error' in result || broken.length > 0) continue;
    print(`${result.output === undefined ? green(passed) : red(missed)} ${gate.name}`);
    if (result.output === undefined) continue;
    failed.push(gate);
    print(result.output);
  }
  if (broken.length > 0) throw broken[0];
  if (failed.length === 0) return 0;
  print(
    text({
      zh: `${chosen.length} 项检查中有 ${failed.length} 项未通过：${namesOf(failed)}。`,
      en: `${failed.length} of ${chosen.length} gates failed: ${namesOf(failed)}.`,
    }),
  );
  return 1;
}

type Result = { output: string | undefined } | { error: unknown };

/** One that waits for another keeps nobody else from running. */
function start(gates: readonly Gate[], atATime: number): ReadonlyMap<Gate, Promise<Result>> {
  const running = new Map<Gate, Promise<Result>>();
  const resultOf = new Map<Gate, (result: Result) => void>();
  for (const gate of gates) {
    running.set(gate, new Promise((resolve) => resultOf.set(gate, resolve)));
  }
  const waiting = [...gates.filter(({ long }) => long), ...gates.filter(({ long }) => !long)];
  const ended = new Set<string>();
  const isHeldUp = ({ after }: Gate): boolean =>
    gates.some(({ name }) => name === after) && !ended.has(after ?? '');
  let busy = 0;
  let stopped = false;
  const startNext = (): void => {
    while (busy < atATime) {
      const index = waiting.findIndex((gate) => !isHeldUp(gate));
      if (index === -1) return;
      const [gate] = waiting.splice(index, 1) as [Gate];
      busy += 1;
      void (stopped ? Promise.resolve({ output: undefined }) : outcomeOf(gate)).then((result) => {
        stopped ||= 'error' in result;
        busy -= 1;
        ended.add(gate.name);
        resultOf.get(gate)?.(result);
        startNext();
      });
    }
  };
  startNext();
  return running;
}

async function outcomeOf({ run }: Gate): Promise<Result> {
  try {
    return { output: await run() };
  } catch (error) {
    return { error };
  }
}

function isNamed(gate: Gate, name: string): boolean {
  return gate.name === name || gate.name.startsWith(`${name} of `);
}

function namesOf(some: readonly Gate[]): string {
  return some.map(({ name }) => name).join(text({ zh: '、', en: ', ' }));
}
