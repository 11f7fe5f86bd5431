/**
 * Timer triggers of `config.json`, run by the clock of this cloud: seven fields, second to year, in the time of Beijing; day
 * and weekday are alternatives (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/functions/triggers.html).
 *
 * When the clock is moved past several moments of a timer, it fires once, for the last of them.
 */
import { Cron } from 'croner';
import type { Clock } from '../clock';
import { listTimers, type TimerTrigger } from './function-files';
import type { CallFunctionAs } from './nested-call';

export interface Timers {
  stop(): void;
}

/** setTimeout holds no more. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;
const TIME_ZONE = 'Asia/Shanghai';

export function startTimers(folder: string, clock: Clock, callFunction: CallFunctionAs): Timers {
  const stops = listTimers(folder).map((trigger) => runTimer(trigger, clock, callFunction));
  return { stop: () => stops.forEach((stop) => stop()) };
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

  function look(): void {
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
    timeout = setTimeout(look, Math.min(due - now, LONGEST_WAIT_MS));
    timeout.unref();
  }

  const stopListening = clock.onChange((cause) => {
    // After a reset the time goes on from where this machine is.
    if (cause === 'reset') due = after(clock.now());
    look();
  });
  look();
  return () => {
    stopListening();
    clearTimeout(timeout);
  };
}
