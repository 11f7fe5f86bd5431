/**
 * The timer triggers of `config.json`, run by the clock of this cloud: seven fields, second to
 * year, in Beijing time; day and weekday are alternatives
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/functions/triggers.html).
 *
 * A timer that is due several times when the clock is moved fires once, for the last time.
 */
import { Cron } from 'croner';
import type { Clock } from '../environment/clock';
import { listTimers, type TimerTrigger } from './function-files';
import type { CallFunctionAs } from './nested-call';

export interface Timers {
  stop(): void;
}

interface Timer {
  trigger: TimerTrigger;
  stop: () => void;
}

/** The maximum of setTimeout. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;
const TIME_ZONE = 'Asia/Shanghai';
/** How often functions are looked for that were added, changed or removed. */
const LOOK_MS = 1_000;

export function startTimers(folder: string, clock: Clock, callFunction: CallFunctionAs): Timers {
  const timers = new Map<string, Timer>();

  function look(): void {
    const triggers = listTimers(folder);
    for (const [name, { trigger, stop }] of timers) {
      if (triggers.some((other) => isSame(other, trigger))) continue;
      stop();
      timers.delete(name);
    }
    for (const trigger of triggers) {
      if (timers.has(trigger.functionName)) continue;
      const stop = runTimer(trigger, clock, callFunction);
      timers.set(trigger.functionName, { trigger, stop });
    }
  }

  look();
  const looking = setInterval(look, LOOK_MS);
  looking.unref();
  return {
    stop() {
      clearInterval(looking);
      for (const { stop } of timers.values()) stop();
    },
  };
}

function isSame(one: TimerTrigger, other: TimerTrigger): boolean {
  return (
    one.functionName === other.functionName &&
    one.name === other.name &&
    one.config === other.config
  );
}

function runTimer(
  { functionName, name, config }: TimerTrigger,
  clock: Clock,
  callFunction: CallFunctionAs,
): () => void {
  const cron = new Cron(config, { timezone: TIME_ZONE, paused: true, legacyMode: true });
  const after = (ms: number): number | undefined => cron.nextRun(new Date(ms))?.getTime();
  let due = after(clock.now());
  let timeout: NodeJS.Timeout | undefined;

  function fireIfDue(): void {
    clearTimeout(timeout);
    const now = clock.now();
    let fired: number | undefined;
    while (due !== undefined && due <= now) {
      fired = due;
      due = after(due);
    }
    if (fired !== undefined) {
      const event = { Type: 'Timer', TriggerName: name, Time: new Date(fired).toISOString() };
      void callFunction(functionName, { source: 'wx_trigger' }, event);
    }
    if (due === undefined) return;
    timeout = setTimeout(fireIfDue, Math.min(due - now, LONGEST_WAIT_MS));
    timeout.unref();
  }

  const stopListening = clock.onChange((cause) => {
    // A reset puts the clock back to the time of this machine.
    if (cause === 'reset') due = after(clock.now());
    fireIfDue();
  });
  fireIfDue();
  return () => {
    stopListening();
    clearTimeout(timeout);
  };
}
