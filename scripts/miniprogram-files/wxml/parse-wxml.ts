/** WXML as a flat list of tags and texts, which is all that the checks ask for. */
import { parse } from '@wxml/parser';
import { MiniprogramCompileError } from '../compile-error';
import { isRecord } from '../../lib/is-record';
import { stringOr, type Json } from '../json';
import type { Place } from '../place';

export type { Place } from '../place';

export interface WxmlAttribute extends Place {
  name: string;
  /** As written, `{{...}}` included; empty when there is none. */
  value: string;
}

export interface WxmlTag extends Place {
  name: string;
  attributes: readonly WxmlAttribute[];
}

/** What is written between tags, comments left out. */
export interface WxmlText extends Place {
  value: string;
}

export interface Wxml {
  /** Path inside the mini program. */
  file: string;
  tags: readonly WxmlTag[];
  /** Without `{{...}}`. */
  texts: readonly WxmlText[];
  /** What is inside `{{...}}` between tags. */
  expressions: readonly WxmlText[];
}

export function parseWxml(file: string, source: string): Wxml {
  const program = parse(source);
  const errors = isRecord(program) ? nodesOf(program['errors']) : [];
  if (errors.length > 0) {
    throw new MiniprogramCompileError(
      errors.map((error) => ({ file, ...placeOf(error), message: stringOr(error['value'], '') })),
    );
  }
  const nodes = isRecord(program) ? flatten(program) : [];
  return {
    file,
    tags: nodes.filter(isTag).map(tagOf),
    texts: valuesOf(nodes, 'WXText'),
    expressions: valuesOf(nodes, 'WXInterpolation'),
  };
}

function valuesOf(nodes: readonly Json[], type: string): WxmlText[] {
  return nodes
    .filter((node) => node['type'] === type)
    .map((node) => ({ ...placeOf(node), value: stringOr(node['value'], '') }));
}

/** The node's descendants, in the order in which they are written. */
function flatten(node: Json): Json[] {
  return nodesOf(node['body'] ?? node['children']).flatMap((child) => [child, ...flatten(child)]);
}

function isTag({ type }: Json): boolean {
  return type === 'WXElement' || type === 'WXScript';
}

function tagOf(node: Json): WxmlTag {
  const start = isRecord(node['startTag']) ? node['startTag'] : {};
  return {
    name: stringOr(node['name'], ''),
    ...placeOf(node),
    attributes: nodesOf(start['attributes']).map((attribute) => ({
      name: stringOr(attribute['key'], ''),
      value: stringOr(attribute['value'], ''),
      ...placeOf(attribute),
    })),
  };
}

function nodesOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function placeOf(node: Json): Place {
  const loc = isRecord(node['loc']) ? node['loc'] : {};
  const start = isRecord(loc['start']) ? loc['start'] : {};
  return { line: Number(start['line']), column: Number(start['column']) };
}
