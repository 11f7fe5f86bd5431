/** Which actions a fault meets, and how often. */
import { describe, expect, test } from '@jest/globals';
import { createFaults, decodeFault } from '../../../../scripts/local-cloud/environment/faults';

function faultsWith(fault: object) {
  const faults = createFaults();
  faults.current = decodeFault(fault);
  return faults;
}

describe.each(['databaseDown', 'databaseTimeoutBefore', 'databaseDropAfter'])('%s', (kind) => {
  test('of a collection leaves the others alone', () => {
    const faults = faultsWith({ kind, collection: 'ticks' });
    expect(faults.meet('getDocument', 'things')).toBeUndefined();
    expect(faults.meet('getDocument', 'ticks')).toMatchObject({ kind });
  });

  test('of an action leaves the others alone', () => {
    const faults = faultsWith({ kind, action: 'modifyDocument' });
    expect(faults.meet('getDocument', 'ticks')).toBeUndefined();
    expect(faults.meet('modifyDocument', 'ticks')).toMatchObject({ kind });
  });

  test('that is counted ends after so many, and what it does not meet uses up none', () => {
    const faults = faultsWith({ kind, collection: 'ticks', count: 2 });
    faults.meet('getDocument', 'things');
    const met = [1, 2, 3].map(() => faults.meet('getDocument', 'ticks')?.kind);
    expect(met).toEqual([kind, kind, undefined]);
    expect(faults.current).toBeNull();
  });
});
