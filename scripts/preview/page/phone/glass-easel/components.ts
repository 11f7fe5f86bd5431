import type { GeneralComponent, template } from 'glass-easel';
import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import type { ComponentEntry } from '../../../../miniprogram-files/component-entry';
import { COMMON_PROPERTIES, writeCommonProperties } from './common-properties';
import { hostElementOf } from './backend';
import { glassComponentOf } from './component-of';
import { readDefinition, readsSharedStyles } from './definition';

/** What a script of a page or component finds as globals. */
export interface ComponentGlobals {
  Page(definition: unknown): void;
  Component(definition: unknown): void;
  Behavior(definition: unknown): unknown;
}

/** Gives every component what WeChat gives it: `hidden`, aria attributes and `ready`. */
export function prepareComponents(codeSpace: CodeSpace): void {
  const attached: GeneralComponent[] = [];
  const fireReady = (): void => {
    // Inner ones first: glass-easel attaches from the outside in.
    for (const component of attached.splice(0).reverse()) component.triggerLifetime('ready', []);
  };
  codeSpace.setOverallBehavior(
    codeSpace.getComponentSpace().defineBehavior({
      properties: COMMON_PROPERTIES,
      lifetimes: {
        attached() {
          if (attached.push(glassComponentOf(this)) === 1) queueMicrotask(fireReady);
        },
      },
      observers: {
        [Object.keys(COMMON_PROPERTIES).join(',')]() {
          const component = glassComponentOf(this);
          // One that is only its template has no element to write them on.
          if (component.getComponentOptions().virtualHost) return;
          const data: Record<string, unknown> = component.data;
          writeCommonProperties(hostElementOf(component), (name) => data[name]);
        },
      },
    }),
  );
}

/**
 * Registers one page or component; `run` runs its script. One whose script fails is registered
 * without it, so that it is there to be seen.
 *
 * @throws what the script throws
 */
export function registerComponent(
  codeSpace: CodeSpace,
  path: string,
  entry: ComponentEntry,
  templates: Record<string, unknown>,
  run: (globals: ComponentGlobals) => void,
): void {
  if (entry.styleScope !== undefined) codeSpace.addStyleSheet(path, undefined, entry.styleScope);
  codeSpace.addCompiledTemplate(path, compiledTemplate(templates, path));
  const registered = new Set<string>();
  const globals: ComponentGlobals = {
    Page: (value) => {
      setStaticConfig(codeSpace, path, entry, false);
      codeSpace.component(path).pageDefinition(readDefinition(value, codeSpace)).register();
      registered.add(path);
    },
    Component: (value) => {
      const definition = readDefinition(value, codeSpace);
      setStaticConfig(codeSpace, path, entry, readsSharedStyles(definition));
      codeSpace.component(path).definition(definition).register();
      registered.add(path);
    },
    Behavior: (value) =>
      codeSpace.behavior().definition(readDefinition(value, codeSpace)).register(),
  };
  try {
    run(globals);
    if (registered.size === 0) throw new Error(`${path}.js called neither Component() nor Page()`);
  } finally {
    if (registered.size === 0) globals.Component({});
  }
}

function setStaticConfig(
  codeSpace: CodeSpace,
  path: string,
  entry: ComponentEntry,
  sharedStyles: boolean,
): void {
  codeSpace.addComponentStaticConfig(path, {
    // glass-easel shares the styles of what is not marked as a component.
    component: entry.styleIsolation !== 'shared',
    addGlobalClass: sharedStyles || entry.styleIsolation === 'apply-shared',
    usingComponents: entry.usingComponents,
    ...(entry.generics !== undefined && { componentGenerics: genericsOf(entry.generics) }),
    ...(entry.pureDataPattern === undefined ? {} : { pureDataPattern: entry.pureDataPattern }),
  });
}

function genericsOf(
  generics: NonNullable<ComponentEntry['generics']>,
): Record<string, true | { default: string }> {
  return Object.fromEntries(
    Object.entries(generics).map(([tag, path]) => [
      tag,
      path === undefined ? true : { default: path },
    ]),
  );
}

function compiledTemplate(
  templates: Record<string, unknown>,
  path: string,
): template.ComponentTemplate {
  const content = isTemplateList(templates) ? templates[path] : undefined;
  if (!isTemplateList(templates) || content === undefined) {
    throw new Error(`${path} has no compiled template`);
  }
  return { groupList: templates, content };
}

function isTemplateList(
  templates: Record<string, unknown>,
): templates is template.ProcGenGroupList & Record<string, unknown> {
  return Object.values(templates).every((content) => typeof content === 'function');
}
