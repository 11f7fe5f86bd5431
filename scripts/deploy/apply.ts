/**
 * Carries out a plan: collections one after the other, then the functions in their order, those of
 * a group side by side.
 */
import type { Cloud } from './cloud';
import type { Change } from './change';
import type { Plan } from './plan';

/** Each mostly waits for the cloud, which limits the requests a second. */
const FUNCTIONS_AT_ONCE = 4;

/**
 * @param report called as each step begins, and when it is done
 * @throws what a step threw, once the steps of other functions that were under way are done
 */
export async function applyPlan(
  { changes, order }: Plan,
  cloud: Cloud,
  report: (change: Change, state: 'begun' | 'done') => void,
): Promise<void> {
  const run = async (steps: readonly Change[]): Promise<void> => {
    for (const step of steps) {
      report(step, 'begun');
      await step.run(cloud);
      report(step, 'done');
    }
  };
  await run(changes.filter(({ of }) => of === undefined));
  for (const group of order) {
    await sideBySide(
      group.map((name) => changes.filter(({ of }) => of === name)),
      run,
    );
  }
}

async function sideBySide(
  stepsOfEach: readonly (readonly Change[])[],
  run: (steps: readonly Change[]) => Promise<void>,
): Promise<void> {
  const waiting = [...stepsOfEach];
  let failure: { error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (let steps = waiting.shift(); steps !== undefined; steps = waiting.shift()) {
      try {
        await run(steps);
      } catch (error) {
        failure ??= { error };
        waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: FUNCTIONS_AT_ONCE }, worker));
  if (failure !== undefined) throw failure.error;
}
