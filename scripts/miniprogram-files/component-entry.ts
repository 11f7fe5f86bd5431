/** Where a tab bar that says `"custom": true` has its component. */
export const CUSTOM_TAB_BAR = 'custom-tab-bar/index';

/** Which styles cross the border of a component, as `styleIsolation` of its JSON says. */
export type StyleIsolation = 'isolated' | 'apply-shared' | 'shared';

/** A page or a component, as its JSON describes it. */
export interface ComponentEntry {
  isPage: boolean;
  /** Prefix of its classes in the style sheet. Absent where classes are shared: pages, `shared`. */
  styleScope?: string;
  styleIsolation: StyleIsolation;
  /** Tag to path from the root, with a leading slash. */
  usingComponents: Record<string, string>;
  /** Tags whose components are not there, each with the reason, for when one is shown. */
  absent?: Record<string, string>;
  /** A page that app.json names and that is not there: why, for when it is shown. */
  missing?: string;
  pureDataPattern?: string;
  /** Abstract nodes, by tag: the path of the component that is shown where none is given, as above. */
  generics?: Record<string, string | undefined>;
}

/** The paths of all components that its template may show, without a leading slash. */
export function componentsOf({
  usingComponents,
  generics = {},
}: Pick<ComponentEntry, 'usingComponents' | 'generics'>): string[] {
  return [...Object.values(usingComponents), ...Object.values(generics)].flatMap((target) =>
    target === undefined ? [] : [target.slice(1)],
  );
}
