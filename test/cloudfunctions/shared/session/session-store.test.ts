import { memorySessionStore } from '../../../support/memory-session-store';
import { describeSessionStore } from '../../../support/session-store-contract';

describeSessionStore('the store in memory', () =>
  Promise.resolve({ store: memorySessionStore(), close: () => Promise.resolve() }),
);
