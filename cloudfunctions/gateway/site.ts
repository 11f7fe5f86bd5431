/**
 * The sites on which people sign in by their phone, from environment variables of the function:
 *
 *     GATEWAY_SITES=shop                        ids, each with:
 *     GATEWAY_SITE_SHOP_NAME=小店               as people know it
 *     GATEWAY_SITE_SHOP_ORIGINS=https://a.ex,…  its pages
 *     GATEWAY_VERIFICATION_URI=https://a.ex/in  where people are sent, in place of the gateway's page
 */
import type { Site } from '../shared/session/contract';
import { visibleText } from '../shared/session/visible-text';
import { isOrigin, splitList, type Variables } from './variables';

export interface GatewaySite extends Site {
  origins: readonly string[];
}

export interface Sites {
  sites: readonly GatewaySite[];
  verificationUri: string | undefined;
}

/** What can be part of the name of a variable. */
const ID = /^[a-z][a-z0-9_]{0,31}$/;
/** In characters: it has to fit on a phone. */
const MAX_NAME_LENGTH = 32;

/** @param problems gets what is wrong or missing */
export function readSites(variables: Variables, problems: string[]): Sites {
  const ids = splitList(variables['GATEWAY_SITES']);
  if (new Set(ids).size < ids.length) problems.push('GATEWAY_SITES has a site twice');
  const sites = ids.flatMap((id) => readSite(id, variables, problems));
  const given = variables['GATEWAY_VERIFICATION_URI'] ?? '';
  const verificationUri = pageAddress(given);
  if (given !== '' && verificationUri === undefined) {
    problems.push('GATEWAY_VERIFICATION_URI must be an https address without a query');
  }
  return { sites, verificationUri };
}

function readSite(id: string, variables: Variables, problems: string[]): GatewaySite[] {
  if (!ID.test(id)) {
    problems.push(
      'GATEWAY_SITES must be ids of lower-case letters, digits and underscores, such as shop',
    );
    return [];
  }
  const prefix = `GATEWAY_SITE_${id.toUpperCase()}`;
  const name = visibleText(variables[`${prefix}_NAME`] ?? '').trim();
  const origins = splitList(variables[`${prefix}_ORIGINS`]);
  if (name === '') problems.push(`${prefix}_NAME is missing`);
  if (name.length > MAX_NAME_LENGTH) {
    problems.push(`${prefix}_NAME must have ${MAX_NAME_LENGTH} characters or less`);
  }
  if (origins.length === 0) problems.push(`${prefix}_ORIGINS is missing`);
  if (!origins.every((origin) => isOrigin(origin) && isPrivate(new URL(origin)))) {
    problems.push(
      `${prefix}_ORIGINS must be origins such as https://a.example, without a path; http only on loopback`,
    );
  }
  return [{ id, name, origins }];
}

/** Whether what passes there, a token too, is seen by nobody on the way. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

export function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** As browsers write it. A query is put behind it: neither may it have one, nor a bare `?` or `#`. */
function pageAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    return isPrivate(url) && !/[?#]/.test(text) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
