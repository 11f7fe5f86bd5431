import { memorySessionStore } from '../../../support/memory-session-store';
import { describeSessionStore } from '../../../support/session-store-contract';
import { AT } from '../../../support/sessions';

describeSessionStore('the store in memory', () => {
  let now = AT;
  return Promise.resolve({
    store: memorySessionStore({ now: () => now }),
    close: () => Promise.resolve(),
    now: () => now,
    advance(ms) {
      now += ms;
      return Promise.resolve();
    },
  });
});
