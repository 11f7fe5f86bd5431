/** What a page or a component follows while it is attached. No `wx` in here. */
type Stop = () => void;

/** What tells of its changes, e.g. the session. */
interface Source {
  onChange(listener: () => void): Stop;
}

const stopsOf = new WeakMap<object, readonly Stop[]>();

/**
 * Calls `show` now and after each change of one of the sources, until `unfollow`. Call it in
 * `attached`.
 */
export function follow(component: object, sources: readonly Source[], show: () => void): void {
  const stops = sources.map((source) => source.onChange(show));
  stopsOf.set(component, [...(stopsOf.get(component) ?? []), ...stops]);
  show();
}

/** Follows nothing any more. Call it in `detached`. */
export function unfollow(component: object): void {
  for (const stop of stopsOf.get(component) ?? []) stop();
  stopsOf.delete(component);
}
