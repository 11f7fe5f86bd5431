import { requireCredentials, type Credentials } from '../deploy';
import { UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import { isEnvId, readEnvId } from '../project/project-settings';
import type { Place } from './database';

const DEFAULT_LOCAL_URL = 'http://127.0.0.1:8787';
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Which cloud is meant, and what opens it.
 *
 * @throws UsageError
 */
export async function placeOf(
  { env, local }: { env?: string; local?: string | true },
  {
    root,
    environment,
    askForCredentials,
  }: {
    root: string;
    environment: Readonly<Record<string, string | undefined>>;
    askForCredentials?: () => Promise<Credentials>;
  },
): Promise<Place> {
  if (local !== undefined) return { localUrl: localUrlOf(local) };
  const envId = env ?? readEnvId(root);
  if (!isEnvId(envId)) {
    throw new UsageError(
      text({
        zh: '还不知道看哪个环境：请把环境 ID 填入 miniprogram/config.ts（cloudEnvId），或用 --env 指定，或用 --local。',
        en: 'There is no environment to look into: put its id into miniprogram/config.ts (cloudEnvId), or pass --env ID, or --local.',
      }),
    );
  }
  const credentials = await requireCredentials(environment, askForCredentials)();
  const proxy = environment['HTTPS_PROXY'] ?? environment['https_proxy'];
  return { envId, ...credentials, proxy };
}

/** Nothing else may be told what is about people, in the clear. */
function localUrlOf(given: string | true): string {
  const address = given === true ? DEFAULT_LOCAL_URL : given;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' || !LOOPBACK.includes(url.hostname)) {
    throw new UsageError(
      text({
        zh: `--local 必须是本机的地址，如 ${DEFAULT_LOCAL_URL}，不能是“${address}”。`,
        en: `--local must be an address on this machine, like ${DEFAULT_LOCAL_URL}, not ${JSON.stringify(address)}.`,
      }),
    );
  }
  return url.origin;
}
