/** Why a start fails, in a sentence that says what to do. */
import { CommandError, UsageError } from '../lib/command-error';
import { text } from '../lib/language';

export interface Ports {
  /** Of the page; of the local cloud, where there is no page. */
  port: number;
  /** Of the local cloud beside a page. */
  cloudPort?: number;
}

export interface Served extends Ports {
  /** Where the local cloud keeps its state: an absolute path. */
  data: string;
}

/** @throws UsageError, CommandError */
export async function requireFreePorts({ port, cloudPort }: Ports): Promise<void> {
  if (port !== 0 && port === cloudPort) {
    throw new UsageError(
      text({
        zh: '--port 和 --cloud-port 不能相同。',
        en: '--port and --cloud-port must not be the same.',
      }),
    );
  }
  const { isPortFree } = await import('../lib/free-port');
  if (!(await isPortFree(port))) throw new CommandError(portInUse(port));
  if (cloudPort === undefined) return;
  if (!(await isPortFree(cloudPort))) throw new CommandError(cloudPortInUse(cloudPort));
}

/** Before anything is built: no more of the cloud is loaded than that needs. */
export function prepareData(served: Served): Promise<void> {
  return explaining(served, async () => {
    const { prepareDataDir } = await import('#local-cloud/data-dir');
    await prepareDataDir(served.data);
  });
}

/** @throws CommandError for what is known to fail */
export async function explaining<T>(served: Served, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const sentence = await explain(error, served);
    throw sentence === undefined ? error : new CommandError(sentence, { cause: error });
  }
}

const portInUse = (port: number): string =>
  text({
    zh: `端口 ${port} 已被占用：请停掉占用它的程序，或用 --port 换一个端口。`,
    en: `Port ${port} is in use: stop what listens there, or choose another port with --port.`,
  });
const cloudPortInUse = (port: number): string =>
  text({
    zh: `端口 ${port} 已被占用：请停掉占用它的程序，或用 --cloud-port 给本地云换一个端口。`,
    en: `Port ${port} is in use: stop what listens there, or choose another port for the local cloud with --cloud-port.`,
  });

/** One sentence that says what to do; `undefined` for other failures. */
async function explain(
  error: unknown,
  { port, cloudPort, data }: Served,
): Promise<string | undefined> {
  const { PreviewStartError } = await import('#preview');
  const { LocalCloudStartError } = await import('#local-cloud');
  if (error instanceof PreviewStartError) return portInUse(port);
  if (!(error instanceof LocalCloudStartError)) return undefined;
  switch (error.code) {
    case 'PORT_IN_USE':
      return cloudPort === undefined ? portInUse(port) : cloudPortInUse(cloudPort);
    case 'DATA_DIR_IN_USE':
      return text({
        zh: `${data} 正被另一个本地云使用：请停掉那一个，或用 --data 换一个目录。`,
        en: `${data} is in use by another local cloud: stop that one, or choose another folder with --data.`,
      });
    case 'DATA_DIR_VERSION':
      return text({
        zh: `${data} 是别的版本写的：请删掉它，或用 --data 换一个目录。`,
        en: `${data} was written by another version: delete it, or choose another folder with --data.`,
      });
    case 'DATA_DIR_UNUSABLE':
      return text({
        zh: `${data} 不能用来存放数据：请检查它是不是目录、能不能写入，或用 --data 换一个目录。`,
        en: error.message,
      });
    case 'FUNCTIONS_DIR_MISSING':
    case 'PERMISSION_INVALID':
      return error.message;
  }
}
