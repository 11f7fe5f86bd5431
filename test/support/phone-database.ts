/** The database of a mini program, as one person, on a local cloud. */
import { createDatabase, type Database } from '#local-cloud/wx-cloud';

/** @param openid nobody without it */
export function phoneDatabase(url: string, openid?: string): Database {
  return createDatabase({
    pollMs: 5,
    send: async (action, data) => {
      const response = await fetch(`${url}/database`, {
        method: 'POST',
        headers: openid === undefined ? {} : { 'x-wx-openid': openid },
        body: JSON.stringify({ action, ...data }),
      });
      return (await response.json()) as unknown;
    },
  });
}
