/**
 * What the gateway is told by environment variables of the function; secrets are nowhere else.
 *
 *     GATEWAY_APPS=main,qq                 names, each with:
 *     GATEWAY_MAIN_PLATFORM=wechat         or qq
 *     GATEWAY_MAIN_APPID=wx…
 *     GATEWAY_MAIN_SECRET=…
 *     GATEWAY_CLIENT_ID, GATEWAY_CLIENT_SECRET   of the backend that may ask about tokens; without them none may
 *     GATEWAY_CORS_ORIGINS=https://a.example,…   pages that may call; without it none may
 *     GATEWAY_WECHAT_URL, GATEWAY_QQ_URL         another server in the place of the platform's, for tests
 */
import { isPlatformName, platforms, type PlatformName } from './platforms/index';

export interface GatewayApp {
  platform: PlatformName;
  appid: string;
  secret: string;
}

export interface GatewayConfig {
  apps: readonly GatewayApp[];
  client: { id: string; secret: string } | undefined;
  corsOrigins: readonly string[];
  urls: Readonly<Record<PlatformName, string>>;
}

type Variables = Readonly<Record<string, string | undefined>>;

export class GatewayConfigError extends Error {
  override readonly name = 'GatewayConfigError';
}

/** Shorter ones can be guessed. */
const MIN_CLIENT_SECRET_LENGTH = 32;

/** @throws GatewayConfigError that names every variable that is wrong or missing, and never shows a value */
export function readGatewayConfig(variables: Variables): GatewayConfig {
  const problems: string[] = [];
  const apps = listOf(variables['GATEWAY_APPS']).flatMap((name) => {
    const read = (field: string): string => {
      const variable = `GATEWAY_${name.toUpperCase()}_${field}`;
      const value = variables[variable] ?? '';
      if (value === '') problems.push(`${variable} is missing`);
      return value;
    };
    const [platform, appid, secret] = [read('PLATFORM'), read('APPID'), read('SECRET')];
    if (isPlatformName(platform)) return [{ platform, appid, secret }];
    problems.push(
      `GATEWAY_${name.toUpperCase()}_PLATFORM must be one of ${Object.keys(platforms).join(', ')}`,
    );
    return [];
  });
  if (new Set(apps.map(({ appid }) => appid)).size < apps.length) {
    problems.push('two apps of GATEWAY_APPS have the same appid');
  }
  const client = clientOf(variables, problems);
  if (problems.length > 0) throw new GatewayConfigError(`${problems.join('; ')}.`);
  return {
    apps,
    client,
    corsOrigins: listOf(variables['GATEWAY_CORS_ORIGINS']),
    urls: {
      wechat: variables['GATEWAY_WECHAT_URL'] ?? platforms.wechat.url,
      qq: variables['GATEWAY_QQ_URL'] ?? platforms.qq.url,
    },
  };
}

function clientOf(variables: Variables, problems: string[]): GatewayConfig['client'] {
  const { GATEWAY_CLIENT_ID: id = '', GATEWAY_CLIENT_SECRET: secret = '' } = variables;
  if (id === '' && secret === '') return undefined;
  if (id === '') problems.push('GATEWAY_CLIENT_ID is missing');
  if (secret.length < MIN_CLIENT_SECRET_LENGTH) {
    problems.push(`GATEWAY_CLIENT_SECRET needs ${MIN_CLIENT_SECRET_LENGTH} characters or more`);
  }
  return { id, secret };
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
