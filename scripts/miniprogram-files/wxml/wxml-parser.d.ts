/** The package ships no types; `parse-wxml.ts` decodes what it answers. */
declare module '@wxml/parser' {
  export function parse(source: string): unknown;
}
