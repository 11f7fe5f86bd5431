import type { GeneralComponent } from 'glass-easel';
import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import { glassComponentOf } from '../glass-easel/component-of';
import type { ErrorLog } from '../state/error-log';
import { COMMON_PROPERTIES, writeRole } from '../glass-easel/common-properties';
import { playAnimation } from './animation';
import type { BuiltIn } from './built-in';
import { BuiltInElement } from './element';

export interface PlacedBuiltIn {
  builtIn: BuiltIn;
  element: BuiltInElement;
}

/** The built-in element that a component is, if it is one. */
export type FindBuiltIn = (component: GeneralComponent) => PlacedBuiltIn | undefined;

/** Where they are, so that no component of a mini program has their name. */
export const BUILT_IN_PATH = 'wx-built-in/';

/** Registers WeChat's own elements. */
export function defineBuiltIns(
  codeSpace: CodeSpace,
  builtIns: Record<string, BuiltIn>,
  errors: ErrorLog,
): FindBuiltIn {
  const placed = new WeakMap<GeneralComponent, PlacedBuiltIn>();
  const space = codeSpace.getComponentSpace();
  for (const [tag, builtIn] of Object.entries(builtIns)) {
    const elementOf = (self: unknown): BuiltInElement => {
      const component = glassComponentOf(self);
      const element = placed.get(component)?.element ?? new BuiltInElement(component, errors);
      placed.set(component, { builtIn, element });
      return element;
    };
    const definition = space.defineComponent({
      is: BUILT_IN_PATH + tag,
      options: { reflectToAttributes: true },
      properties: {
        ...COMMON_PROPERTIES,
        animation: { type: null, value: null },
        ...builtIn.properties,
      },
      lifetimes: {
        created() {
          const element = elementOf(this);
          builtIn.create?.(element);
          builtIn.update?.(element);
        },
        attached() {
          builtIn.attach?.(elementOf(this));
        },
        detached() {
          builtIn.detach?.(elementOf(this));
        },
      },
      observers: {
        '**'() {
          const element = elementOf(this);
          writeRole(element.host);
          playAnimation(element.host, element.value('animation'));
          builtIn.update?.(element);
        },
      },
    });
    space.setGlobalUsingComponent(tag, definition);
  }
  return (component) => placed.get(component);
}
