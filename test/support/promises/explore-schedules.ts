/**
 * Runs a few actors at once in every order in which their store operations can take place: not
 * random ones, all of them. Each order is run from the beginning, with the choices of the one
 * before changed at the last place that still has another.
 */
import type { SessionStore } from '#functions/testing';

/**
 * One of several calls that are under way at once. Resolves to what it was answered. `gate` makes
 * the operations of another store wait, too.
 */
export type Actor = (store: SessionStore, gate: GateStore) => Promise<unknown>;
type GateStore = <Store extends object>(store: Store) => Store;

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
  | { state: 'pending' }
  | { state: 'killed' }
  | { state: 'answered'; reply: unknown };

interface Gate {
  actor: number;
  run: () => void;
  /** Lets the operation take place, and its answer get lost with its function. */
  runAndKill: () => void;
}

export interface ExploreOptions {
  /** Also kill one of the functions, before or after each of its operations. */
  crashes?: boolean;
  /**
   * Only orders in which a call is interrupted so often by others; default: all orders. Nearly every
   * race shows with two (Musuvathi and Qadeer, "Iterative context bounding", PLDI 2007).
   */
  interruptions?: number;
}

/** Resolves to how many orders there are. */
export async function exploreSchedules(
  setUp: () => Promise<Scenario>,
  { crashes = false, interruptions = Infinity }: ExploreOptions = {},
): Promise<number> {
  let choices: number[] = [];
  for (let schedules = 1; ; schedules++) {
    const options = await runSchedule(await setUp(), choices, { crashes, interruptions });
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
  { crashes, interruptions }: Required<ExploreOptions>,
): Promise<number[]> {
  const gates: Gate[] = [];
  const answers: Answer[] = scenario.actors.map(() => ({ state: 'pending' }));
  const failures: unknown[] = [];
  const push = (gate: Gate): void => {
    // A killed function does nothing more.
    if (answers[gate.actor]?.state !== 'killed') gates.push(gate);
  };
  scenario.actors.forEach((actor, index) => {
    const gate: GateStore = (store) => gated(store, index, push);
    actor(gate(scenario.store), gate).then(
      (reply) => (answers[index] = { state: 'answered', reply }),
      (error: unknown) => failures.push(error),
    );
  });
  const isSettled = (): boolean =>
    failures.length > 0 ||
    answers.every(
      ({ state }, actor) => state !== 'pending' || gates.some((g) => g.actor === actor),
    );
  await settle(isSettled);

  const options: number[] = [];
  let mayCrash = crashes;
  let interrupted = 0;
  let running: number | undefined;
  while (gates.length > 0) {
    gates.sort((a, b) => a.actor - b.actor);
    const goesOn = gates.filter(({ actor }) => actor === running);
    const mayInterrupt = interrupted < interruptions || goesOn.length === 0;
    const moves = (mayInterrupt ? gates : goesOn).flatMap((gate) => movesOf(gate, mayCrash));
    const move = moves[choices[options.length] ?? 0];
    if (move === undefined) throw new Error('a schedule did not repeat itself');
    options.push(moves.length);
    if (goesOn.length > 0 && move.gate.actor !== running) interrupted += 1;
    running = move.gate.actor;
    gates.splice(gates.indexOf(move.gate), 1);
    if (move.kills) {
      mayCrash = false;
      answers[move.gate.actor] = { state: 'killed' };
    }
    move.take();
    await settle(isSettled);
    if (failures.length > 0) throw failures[0];
    scenario.afterStep(answers);
  }
  await scenario.atEnd(answers);
  return options;
}

function movesOf(
  gate: Gate,
  mayCrash: boolean,
): { gate: Gate; kills: boolean; take: () => void }[] {
  const run = { gate, kills: false, take: gate.run };
  if (!mayCrash) return [run];
  return [
    run,
    { gate, kills: true, take: () => undefined },
    { gate, kills: true, take: gate.runAndKill },
  ];
}

/** A store whose operations wait until they are let through. */
function gated<Store extends object>(
  store: Store,
  actor: number,
  push: (gate: Gate) => void,
): Store {
  const operations = Object.entries(store).map(([name, operation]) => [
    name,
    (...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const perform = (): Promise<unknown> =>
          Reflect.apply(operation as () => unknown, store, args) as Promise<unknown>;
        push({
          actor,
          // Not awaited: what follows on a failed condition may wait at another gate.
          run: () => void perform().then(resolve, reject),
          runAndKill: () => void perform(),
        });
      }),
  ]);
  return Object.fromEntries(operations) as Store;
}

/**
 * Lets everything that is ready run, until all wait or are done: the stores are in memory, so that
 * takes no time but for a password, which is hashed elsewhere.
 */
async function settle(isSettled: () => boolean): Promise<void> {
  do {
    await new Promise((resolve) => setImmediate(resolve));
  } while (!isSettled());
}
