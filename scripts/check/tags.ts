/**
 * Every tag is WeChat's or declared, every declaration is used, and app.json reaches every WXML.
 */
import type { Problem } from '../miniprogram-files/compile-error';
import { isRecord } from '../lib/is-record';
import { stringMapOf, type Json } from '../miniprogram-files/json';
import { readJsonFile } from '../miniprogram-files/read-file';
import { filesEndingIn } from '../lib/files-ending-in';
import { lineOfName } from '../miniprogram-files/line-of-name';
import { BUILT_IN_TAGS } from '../miniprogram-files/wxml/built-in-tags';
import {
  readComponentTemplates,
  type ComponentTemplates,
} from '../miniprogram-files/wxml/component-templates';

/** @param dir holds app.json */
export async function checkTags(dir: string): Promise<Problem[]> {
  const components = await readComponentTemplates(dir);
  const app = (await readJsonFile(dir, 'app.json')) ?? {};
  const usedAnywhere = new Set(components.flatMap((component) => [...usedTags(component)]));
  const unusedTags = await Promise.all([
    unused(dir, 'app.json', app, usedAnywhere),
    ...components.map((component) =>
      unused(dir, `${component.path}.json`, component.json, usedTags(component)),
    ),
  ]);
  return [
    ...components.flatMap(unknownTags),
    ...unusedTags.flat(),
    ...(await unreached(dir, components)),
  ];
}

function unknownTags({ path, json, entry, templates }: ComponentTemplates): Problem[] {
  const generics = isRecord(json['componentGenerics'])
    ? Object.keys(json['componentGenerics'])
    : [];
  const known = new Set([...BUILT_IN_TAGS, ...Object.keys(entry.usingComponents), ...generics]);
  return templates.flatMap(({ file, tags }) =>
    tags
      .filter(({ name }) => !known.has(name))
      .map(({ name, line, column }) => ({
        file,
        line,
        column,
        message: `<${name}> is neither WeChat's own nor among usingComponents of ${path}.json or app.json`,
      })),
  );
}

function usedTags({ json, templates }: ComponentTemplates): Set<string> {
  const tags = templates.flatMap((wxml) => wxml.tags);
  const generic = tags.flatMap(({ attributes }) =>
    attributes.filter(({ name }) => name.startsWith('generic:')).map(({ value }) => value),
  );
  const placeholders = Object.values(stringMapOf(json['componentPlaceholder']));
  return new Set([...tags.map(({ name }) => name), ...generic, ...placeholders]);
}

async function unused(
  dir: string,
  file: string,
  json: Json,
  used: ReadonlySet<string>,
): Promise<Problem[]> {
  const tags = Object.keys(stringMapOf(json['usingComponents'])).filter((tag) => !used.has(tag));
  return Promise.all(
    tags.map(async (tag) => ({
      file,
      ...(await lineOfName(dir, file, tag)),
      message: `declares <${tag}>, which no template uses`,
    })),
  );
}

async function unreached(
  dir: string,
  components: readonly ComponentTemplates[],
): Promise<Problem[]> {
  const reached = new Set(components.flatMap(({ templates }) => templates.map(({ file }) => file)));
  return (await filesEndingIn(dir, '.wxml'))
    .filter((file) => !reached.has(file))
    .map((file) => ({ file, message: 'is reached by no page of app.json' }));
}
