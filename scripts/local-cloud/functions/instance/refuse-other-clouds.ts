/**
 * Old SDKs can't be told another address: they would leave the machine. wx-server-sdk before 2.1,
 * and `tcb-admin-node`, on which it stood, know only these hosts.
 */
import dns from 'node:dns';
import { createRequire } from 'node:module';

const HOSTS = /^tcb-(admin|open)\.(tencentyun|tencentcloudapi)\.com$/;

type Callback = (error: Error) => void;

/**
 * Names under which no address is looked up any more: what calls them fails with what to do.
 *
 * @param main the script of the function
 */
export function refuseOtherClouds(main: string): void {
  const lookup = dns.lookup as (...args: unknown[]) => void;
  const refusing = (...args: unknown[]): void => {
    const [host, callback] = [args[0], args.at(-1)];
    if (typeof host === 'string' && HOSTS.test(host)) {
      process.nextTick(callback as Callback, new Error(refusal(host, main)));
    } else {
      lookup(...args);
    }
  };
  dns.lookup = Object.assign(refusing, dns.lookup);
}

function refusal(host: string, main: string): string {
  const version = sdkVersion(main);
  const sdk = version === undefined ? 'This SDK' : `wx-server-sdk ${version}`;
  return (
    `${sdk} calls ${host}, whatever the local cloud tells it: ` +
    'install wx-server-sdk 2.1 or newer (npm install wx-server-sdk@latest)'
  );
}

function sdkVersion(main: string): string | undefined {
  try {
    const about: unknown = createRequire(main)('wx-server-sdk/package.json');
    return (about as { version?: string }).version;
  } catch {
    return undefined;
  }
}
