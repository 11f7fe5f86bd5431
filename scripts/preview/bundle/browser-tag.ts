/**
 * WeChat's own elements whose names hold a dash; a component of the mini program may have one too.
 */
const DASHED = new Set(['checkbox-group', 'radio-group', 'scroll-view']);

/** WeChat's own elements are `wx-view` in the document, as in its developer tools. */
export function browserTag(tag: string): string {
  return !tag.includes('-') || DASHED.has(tag) ? `wx-${tag}` : tag;
}
