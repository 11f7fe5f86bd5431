/** A page or a component, as its JSON describes it. */
export type StyleIsolation = 'isolated' | 'apply-shared' | 'shared';

export interface ComponentEntry {
  isPage: boolean;
  /** Prefix of its classes in the style sheet; absent where classes are shared (pages, and `shared` components). */
  styleScope?: string;
  styleIsolation: StyleIsolation;
  /** Tag to path from the root, with a leading slash. */
  usingComponents: Record<string, string>;
  pureDataPattern?: string;
}
