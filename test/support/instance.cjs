/**
 * An instance of a function outside of the local cloud: requires the file `BUNDLE`, and calls it
 * for each message.
 */
'use strict';

// With `CLOCK=stopped` time passes only where a message says so.
if (process.env.CLOCK === 'stopped') {
  let now = Date.now();
  Date.now = () => now;
  process.on('message', ({ passMs = 0 }) => {
    now += passMs;
  });
}

const { main } = require(process.env.BUNDLE);

console.log = () => undefined;
process.on('message', ({ event, times = 0 }) => {
  if (times === 0) return;
  const call = async () => {
    const startedAt = process.hrtime.bigint();
    const reply = await main(event, {});
    return { reply, ms: Number(process.hrtime.bigint() - startedAt) / 1e6 };
  };
  const all = async () => {
    const outcomes = [];
    for (let i = 0; i < times; i += 1) outcomes.push(await call());
    return outcomes;
  };
  all().then((outcomes) => process.send(outcomes));
});
