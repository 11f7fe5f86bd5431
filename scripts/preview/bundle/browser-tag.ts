import { BUILT_IN_TAGS } from '../../miniprogram-files/wxml/built-in-tags';

/**
 * WeChat's own elements are `wx-view` in the document, as in its developer tools. A component with a
 * dash in its name has that name.
 */
export function browserTag(tag: string): string {
  return !tag.includes('-') || BUILT_IN_TAGS.has(tag) ? `wx-${tag}` : tag;
}
