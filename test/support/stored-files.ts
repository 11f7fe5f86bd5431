/** Files in the storage of a local cloud, as the mini program uploads them. */
import type { TestCloud } from './local-cloud';
import { LIN } from './people';

/** Resolves to the file's id. */
export async function uploadFile(
  { url }: Pick<TestCloud, 'url'>,
  path: string,
  owner = LIN,
): Promise<string> {
  const response = await fetch(`${url}/files/${path}`, {
    method: 'POST',
    body: 'picture',
    headers: { 'x-wx-openid': owner.openid },
  });
  return String(((await response.json()) as { fileID: unknown }).fileID);
}

export async function fileExists(
  { url }: Pick<TestCloud, 'url'>,
  fileId: string,
): Promise<boolean> {
  const path = fileId.replace(/^cloud:\/\/[^/]+\//, '');
  return (await fetch(`${url}/files/${path}`)).ok;
}
