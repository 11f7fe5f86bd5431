/**
 * Runs a few actors at once in every order in which their store operations can take place: not
 * random ones, all of them. Each order is run from the beginning, with the choices of the one
 * before changed at the last place that still has another.
 */
import type { SessionStore } from '#functions/testing';

/** One of several calls that are under way at once. Resolves to what it was answered. */
export type Actor = (store: SessionStore) => Promise<unknown>;

export interface Scenario {
  /** Ungated: what the actors share. */
  store: SessionStore;
  actors: readonly Actor[];
  /** After each operation and each answer. */
  afterStep: (answers: readonly Answer[]) => void;
  atEnd: (answers: readonly Answer[]) => void | Promise<void>;
}

/** Of each actor, in their order: what it was answered, or that it was killed, or nothing yet. */
export type Answer =
  { state: 'pending' } | { state: 'killed' } | { state: 'answered'; reply: unknown };

interface Gate {
  actor: number;
  run: () => Promise<void>;
  /** Lets the operation take place, and its answer get lost with its function. */
  runAndKill: () => Promise<void>;
}

export interface ExploreOptions {
  /** Also kill one of the functions, before or after each of its operations. */
  crashes?: boolean;
}

/** Resolves to how many orders there are. */
export async function exploreSchedules(
  setUp: () => Promise<Scenario>,
  { crashes = false }: ExploreOptions = {},
): Promise<number> {
  let choices: number[] = [];
  for (let schedules = 1; ; schedules++) {
    const options = await runSchedule(await setUp(), choices, crashes);
    const taken = options.map((_, index) => choices[index] ?? 0);
    let last = options.length - 1;
    while (last >= 0 && (taken[last] ?? 0) + 1 >= (options[last] ?? 0)) last -= 1;
    if (last < 0) return schedules;
    choices = [...taken.slice(0, last), (taken[last] ?? 0) + 1];
  }
}

/** Resolves to how many options there were at each choice. */
async function runSchedule(
  scenario: Scenario,
  choices: readonly number[],
  crashes: boolean,
): Promise<number[]> {
  const gates: Gate[] = [];
  const answers: Answer[] = scenario.actors.map(() => ({ state: 'pending' }));
  const failures: unknown[] = [];
  scenario.actors.forEach((actor, index) => {
    actor(gated(scenario.store, index, gates)).then(
      (reply) => (answers[index] = { state: 'answered', reply }),
      (error: unknown) => failures.push(error),
    );
  });
  await settle();

  const options: number[] = [];
  let mayCrash = crashes;
  while (gates.length > 0) {
    gates.sort((a, b) => a.actor - b.actor);
    const moves = gates.flatMap((gate) => movesOf(gate, mayCrash));
    const move = moves[choices[options.length] ?? 0];
    if (move === undefined) throw new Error('a schedule did not repeat itself');
    options.push(moves.length);
    gates.splice(gates.indexOf(move.gate), 1);
    if (move.kills) {
      mayCrash = false;
      answers[move.gate.actor] = { state: 'killed' };
    }
    await move.take();
    await settle();
    if (failures.length > 0) throw failures[0];
    scenario.afterStep(answers);
  }
  await scenario.atEnd(answers);
  return options;
}

function movesOf(
  gate: Gate,
  mayCrash: boolean,
): { gate: Gate; kills: boolean; take: () => Promise<void> }[] {
  const run = { gate, kills: false, take: gate.run };
  if (!mayCrash) return [run];
  return [
    run,
    { gate, kills: true, take: () => Promise.resolve() },
    { gate, kills: true, take: gate.runAndKill },
  ];
}

/** A store whose operations wait until they are let through. */
function gated(store: SessionStore, actor: number, gates: Gate[]): SessionStore {
  const operations = Object.entries(store).map(([name, operation]) => [
    name,
    (...args: unknown[]): Promise<unknown> =>
      new Promise((resolve) => {
        const perform = (): Promise<unknown> =>
          Reflect.apply(operation as () => unknown, store, args) as Promise<unknown>;
        gates.push({
          actor,
          run: async () => resolve(await perform()),
          runAndKill: async () => {
            await perform();
          },
        });
      }),
  ]);
  return Object.fromEntries(operations) as SessionStore;
}

/** Lets everything that is ready run: the store is in memory, so nothing takes time. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
