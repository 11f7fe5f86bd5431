import type { GeneralComponent } from 'glass-easel';
import type { types } from 'glass-easel-miniprogram-adapter';
import { glassComponentOf } from './component-of';

const given = new WeakMap<GeneralComponent, Set<string>>();

/** https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/behaviors.html#内置-behaviors */
const PROPERTIES = {
  'wx://form-field': { name: String, value: null },
  'wx://form-field-group': {},
  'wx://form-field-button': {},
  'wx://component-export': {},
  'wx://proxy-scroll-view': {},
} as const;

/** What stands for a behavior that WeChat knows by name; `undefined`: it knows none such. */
export function namedBehavior(name: string): types.GeneralComponentDefinition | undefined {
  if (!isNamed(name)) return undefined;
  return {
    properties: { ...PROPERTIES[name] },
    lifetimes: {
      created(this: unknown) {
        const component = glassComponentOf(this);
        given.set(component, (given.get(component) ?? new Set()).add(name));
      },
    },
  };
}

export function hasNamedBehavior(
  component: GeneralComponent,
  name: keyof typeof PROPERTIES,
): boolean {
  return given.get(component)?.has(name) === true;
}

function isNamed(name: string): name is keyof typeof PROPERTIES {
  return Object.hasOwn(PROPERTIES, name);
}
