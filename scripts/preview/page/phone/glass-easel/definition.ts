import type { types } from 'glass-easel-miniprogram-adapter';
import type { behavior, CodeSpace } from 'glass-easel-miniprogram-adapter';
import { namedBehavior } from './named-behaviors';

type AnyBehavior = behavior.GeneralBehavior;
export type Definition = types.GeneralComponentDefinition;

/** What Component(), Page() or Behavior() was given, with named behaviors replaced by real ones. */
export function readDefinition(value: unknown, codeSpace: CodeSpace): Definition {
  if (!isDefinition(value))
    throw new TypeError('Component(), Page() and Behavior() take an object');
  const behaviors: unknown = value.behaviors;
  return {
    ...value,
    ...(isDefinition(value.properties) && { properties: readProperties(value.properties) }),
    ...(Array.isArray(behaviors) && {
      behaviors: behaviors.map((item: unknown) => readBehavior(item, codeSpace)),
    }),
  };
}

const TYPES: readonly unknown[] = [String, Number, Boolean, Object, Array, Function, null];

/** A type that is none, such as the list `[Boolean, String]`, takes every value, as in WeChat. */
function readProperties(properties: object): Record<string, never> {
  const read = Object.entries(properties).map(([name, property]: [string, unknown]) => {
    const isTyped = isDefinition(property) && 'type' in property && !TYPES.includes(property.type);
    const observed = withObserver(property);
    return [name, isTyped ? { ...observed, type: null } : observed];
  });
  return Object.fromEntries(read) as Record<string, never>;
}

/** An observer that is named and not there is none, as in WeChat. */
function withObserver(property: unknown): object | undefined {
  if (!isDefinition(property) || !('observer' in property)) return property as undefined;
  const { observer } = property;
  if (typeof observer !== 'string') return property;
  return {
    ...property,
    observer(this: Record<string, unknown>, ...args: unknown[]) {
      const method = this[observer];
      if (typeof method === 'function') Reflect.apply(method, this, args);
    },
  };
}

/** `options: { addGlobalClass, styleIsolation }` of a script; a JSON file may say the same. */
export function readsSharedStyles(definition: Definition): boolean {
  const options: Record<string, unknown> = { ...definition.options };
  return options['addGlobalClass'] === true || /shared$/.test(String(options['styleIsolation']));
}

function readBehavior(value: unknown, codeSpace: CodeSpace): AnyBehavior {
  if (typeof value === 'string') {
    const named = namedBehavior(value);
    if (named === undefined) throw new Error(`the behavior "${value}" is not part of the preview`);
    const registered: unknown = codeSpace.behavior().definition(named).register();
    return readBehavior(registered, codeSpace);
  }
  if (!isBehavior(value))
    throw new TypeError('behaviors holds what Behavior() returned, or a name');
  return value;
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null;
}

function isBehavior(value: unknown): value is AnyBehavior {
  return typeof value === 'object' && value !== null && '_$' in value;
}
