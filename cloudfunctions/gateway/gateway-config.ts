/**
 * The gateway's configuration, from environment variables of the function; secrets are nowhere
 * else.
 *
 *     GATEWAY_APPS=main,qq                  names, each with:
 *     GATEWAY_MAIN_PLATFORM=wechat          or qq: the provider of the app
 *     GATEWAY_MAIN_APPID=wx…
 *     GATEWAY_MAIN_SECRET=…
 *     GATEWAY_CLIENT_ID, _CLIENT_SECRET     of the backend that may ask about tokens
 *     GATEWAY_CLIENT_SECRET_NEXT            a second secret, to change the first without a gap
 *     GATEWAY_CORS_ORIGINS=https://a.ex,…   web pages that may call; none by default
 *     GATEWAY_SITES, GATEWAY_SITE_…         web pages that people sign in on: `site.ts`
 *     GATEWAY_ADDRESS_HEADER=x-real-ip      in which the cloud alone writes the client's address
 *     GATEWAY_WECHAT_URL, GATEWAY_QQ_URL    in place of the provider's own server, for tests
 */
import { CLAIMED_HEADERS } from './client-address';
import { readSites, type Sites } from './site';
import { isOrigin, splitList, type Variables } from './variables';
import { isProviderName, providers, type ProviderName } from './providers/index';

export interface GatewayApp {
  provider: ProviderName;
  appid: string;
  secret: string;
}

export interface GatewayClient {
  id: string;
  /** Each of them is accepted. */
  secrets: readonly string[];
}

export interface GatewayConfig extends Sites {
  apps: readonly GatewayApp[];
  client: GatewayClient | undefined;
  corsOrigins: readonly string[];
  addressHeader: string | undefined;
  urls: Readonly<Record<ProviderName, string>>;
}

export class GatewayConfigError extends Error {
  override readonly name = 'GatewayConfigError';
}

/** Shorter ones can be guessed. */
const MIN_CLIENT_SECRET_LENGTH = 32;

/**
 * @throws GatewayConfigError names every variable that is wrong or missing, and never shows a value
 */
export function readGatewayConfig(variables: Variables): GatewayConfig {
  const problems: string[] = [];
  const apps = splitList(variables['GATEWAY_APPS']).flatMap((name) => {
    const read = (field: string): string => {
      const variable = `GATEWAY_${name.toUpperCase()}_${field}`;
      const value = variables[variable] ?? '';
      if (value === '') problems.push(`${variable} is missing`);
      return value;
    };
    const [provider, appid, secret] = [read('PLATFORM'), read('APPID'), read('SECRET')];
    if (isProviderName(provider)) return [{ provider, appid, secret }];
    problems.push(
      `GATEWAY_${name.toUpperCase()}_PLATFORM must be one of ${Object.keys(providers).join(', ')}`,
    );
    return [];
  });
  if (new Set(apps.map(({ appid }) => appid)).size < apps.length) {
    problems.push('two apps of GATEWAY_APPS have the same appid');
  }
  const client = clientOf(variables, problems);
  const sites = readSites(variables, problems);
  const addressHeader = addressHeaderOf(variables, problems);
  const corsOrigins = splitList(variables['GATEWAY_CORS_ORIGINS']);
  if (!corsOrigins.every(isOrigin)) {
    problems.push('GATEWAY_CORS_ORIGINS must be origins such as https://a.example, without a path');
  }
  if (problems.length > 0) throw new GatewayConfigError(`${problems.join('; ')}.`);
  return {
    apps,
    client,
    corsOrigins,
    addressHeader,
    ...sites,
    urls: {
      wechat: variables['GATEWAY_WECHAT_URL'] ?? providers.wechat.url,
      qq: variables['GATEWAY_QQ_URL'] ?? providers.qq.url,
    },
  };
}

function clientOf(variables: Variables, problems: string[]): GatewayClient | undefined {
  const {
    GATEWAY_CLIENT_ID: id = '',
    GATEWAY_CLIENT_SECRET: secret = '',
    GATEWAY_CLIENT_SECRET_NEXT: next = '',
  } = variables;
  if (id === '' && secret === '' && next === '') return undefined;
  if (id === '') problems.push('GATEWAY_CLIENT_ID is missing');
  const isShort = (value: string): boolean => value.length < MIN_CLIENT_SECRET_LENGTH;
  const needed = `needs ${MIN_CLIENT_SECRET_LENGTH} characters or more`;
  if (isShort(secret)) problems.push(`GATEWAY_CLIENT_SECRET ${needed}`);
  if (next !== '' && isShort(next)) problems.push(`GATEWAY_CLIENT_SECRET_NEXT ${needed}`);
  return { id, secrets: next === '' ? [secret] : [secret, next] };
}

function addressHeaderOf(variables: Variables, problems: string[]): string | undefined {
  const name = (variables['GATEWAY_ADDRESS_HEADER'] ?? '').toLowerCase();
  if (name === '') return undefined;
  if (!/^[a-z0-9-]+$/.test(name)) {
    problems.push('GATEWAY_ADDRESS_HEADER must be the name of a header');
  } else if (CLAIMED_HEADERS.includes(name)) {
    problems.push(`GATEWAY_ADDRESS_HEADER must not be ${name}, which callers can write`);
  }
  return name;
}
