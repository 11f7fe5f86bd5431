/** Functions follow the clock of the local cloud, which can be moved forward. */
let offsetMs = 0;

export function setClockOffset(ms: number): void {
  offsetMs = ms;
}

export function installClock(): void {
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct(target, args: unknown[], newTarget) {
      const dateArgs = args.length === 0 ? [RealDate.now() + offsetMs] : args;
      return Reflect.construct(
        target,
        dateArgs,
        newTarget === globalThis.Date ? target : newTarget,
      ) as object;
    },
    apply: () => new RealDate(RealDate.now() + offsetMs).toString(),
    get: (target, name) =>
      name === 'now' ? () => RealDate.now() + offsetMs : (Reflect.get(target, name) as unknown),
  });
}
